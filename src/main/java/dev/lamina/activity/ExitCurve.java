package dev.lamina.activity;

import dev.lamina.sim.Decisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/*
 * Which margins are worth trying depends on the network, so the first samples are kept until there are enough to tell: the curve's
 * margins are shares of the median of their last margins.
 */
/** What stopping early would give, for a row of margins at once. Takes samples in the order of the run; for one thread. */
final class ExitCurve {

    private static final int WATCHED = 64;
    private static final int MARGINS = 24;
    private static final double SMALLEST = 0.02;

    /** A sample: what was decided, how it is right, and by layer what was done up to each time step. */
    private record Seen(Decisions decisions, int label, List<OperationCounts[]> layers) {}

    private final int layers;
    private final OptionalDouble chosen;
    private final List<Seen> watched = new ArrayList<>();
    private final List<Sum> sums = new ArrayList<>();

    ExitCurve(int layers, OptionalDouble chosen) {
        this.layers = layers;
        this.chosen = chosen;
        chosen.ifPresent(margin -> sums.add(new Sum(margin, layers)));
    }

    void add(Decisions decisions, int label, List<OperationCounts[]> counts) {
        Seen seen = new Seen(decisions, label, counts);
        if (sums.size() > 1) {
            sums.forEach(sum -> sum.add(seen));
        } else {
            watched.add(seen);
            if (watched.size() == WATCHED) {
                begin();
            }
        }
    }

    /** The curve, by ascending margin. */
    List<EarlyExit> exits() {
        begin();
        return sums.stream().skip(chosen.isPresent() ? 1 : 0).map(Sum::exit).toList();
    }

    /** What the chosen margin gives. */
    EarlyExit exit() {
        begin();
        return sums.get(0).exit();
    }

    private void begin() {
        if (watched.isEmpty()) {
            return;
        }
        double[] margins = watched.stream()
                .mapToDouble(seen -> seen.decisions.margins()[seen.decisions.margins().length - 1])
                .sorted()
                .toArray();
        double median = margins[margins.length / 2];
        for (int i = 0; i < MARGINS; i++) {
            sums.add(new Sum(median * Math.pow(SMALLEST, 1 - i / (MARGINS - 1.0)), layers));
        }
        watched.forEach(seen -> sums.forEach(sum -> sum.add(seen)));
        watched.clear();
    }

    private static final class Sum {

        private final double margin;
        private final OperationCounts[] counts;
        private int samples;
        private int right;
        private long timesteps;

        Sum(double margin, int layers) {
            this.margin = margin;
            counts = new OperationCounts[layers];
            Arrays.fill(counts, OperationCounts.ZERO);
        }

        void add(Seen seen) {
            float[] margins = seen.decisions.margins();
            int exit = 0;
            while (exit < margins.length - 1 && margins[exit] < margin) {
                exit++;
            }
            samples++;
            right += seen.decisions.predictions()[exit] == seen.label ? 1 : 0;
            timesteps += exit + 1;
            for (int layer = 0; layer < counts.length; layer++) {
                counts[layer] = counts[layer].plus(seen.layers.get(layer)[exit]);
            }
        }

        EarlyExit exit() {
            return new EarlyExit(margin, samples, right, timesteps, List.of(counts));
        }
    }
}
