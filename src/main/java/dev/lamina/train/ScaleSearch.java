package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.model.Conversion;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/*
 * Small thresholds let spikes through early, so a few time steps are enough; but neurons then saturate, and more time
 * steps do not help. Which k is best depends on T: on LeNet-5, about 0.4 for 5 time steps, 0.7 for 20 and more. So it
 * is measured, never on the test set, and on samples that the model was not trained on: those that it was, a deep network
 * classifies rightly with almost any k.
 */
/** The search for the k that serves a number of time steps best. */
public final class ScaleSearch {

    /** The values that are tried. */
    public static final ImmutableList<Double> CANDIDATES =
            Lists.immutable.of(0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);

    private static final int ROUND = 100;

    /**
     * A value that was tried.
     *
     * @param scale k
     * @param right how many samples were classified rightly
     * @param samples of how many: fewer than all if the candidate could no longer be the best after them
     */
    public record Candidate(double scale, int right, int samples) {

        /** The part of its samples that were classified rightly, from 0 to 1; NaN if it was not tried on any. */
        public double accuracy() {
            return (double) right / samples;
        }
    }

    private ScaleSearch() {}

    /**
     * Some samples to validate on: of those that the model was not trained on, if it tells which these are and they are of this data
     * set, otherwise of all.
     *
     * @param trainSet the training set
     * @param most how many at most
     * @param seed draws them
     */
    public static int[] samples(SpikingModel model, Dataset trainSet, int most, long seed) {
        int[] all = model.provenance()
                .unseen(trainSet)
                .map(split -> TrainingSplit.of(trainSet, split).validation())
                .orElseGet(() -> IntStream.range(0, trainSet.size()).toArray());
        // Another stream than the one that draws the samples for balancing.
        return new SplittableRandom(~seed)
                .ints(0, all.length)
                .distinct()
                .limit(Math.min(most, all.length))
                .map(i -> all[i])
                .toArray();
    }

    /**
     * Tries all candidates, the largest first: it spikes least, and so is quickest. One that can not be the best whatever it makes of
     * the rest of the samples is given up; the smallest ones, which take longest, mostly are.
     *
     * @param baseline a model converted with k = 1; it is run for the time steps that it was made for
     * @param dataset the training set
     * @param samples the ones to validate on
     * @param seed the seed of the encoder
     * @param progress told for each sample of each candidate, tried or not, by several threads
     * @return the candidates in ascending order of k
     */
    public static ImmutableList<Candidate> run(
            SpikingModel baseline, Dataset dataset, int[] samples, long seed, Runnable progress) {
        return run(baseline, dataset, samples, seed, progress, ROUND);
    }

    /** @param round samples between two looks at whether a candidate can still be the best */
    static ImmutableList<Candidate> run(
            SpikingModel baseline, Dataset dataset, int[] samples, long seed, Runnable progress, int round) {
        MutableList<Candidate> found = Lists.mutable.empty();
        int most = 0;
        for (double scale : CANDIDATES.toReversed()) {
            Candidate candidate = candidate(baseline, scale, dataset, samples, seed, most, progress, round);
            found.add(candidate);
            most = Math.max(most, candidate.right());
        }
        return found.reverseThis().toImmutable();
    }

    /** @param most what a larger candidate got right, which this one must get more than */
    private static Candidate candidate(
            SpikingModel baseline,
            double scale,
            Dataset dataset,
            int[] samples,
            long seed,
            int most,
            Runnable progress,
            int round) {
        SpikingEvaluation evaluation =
                new SpikingEvaluation(scaled(baseline, scale), dataset, seed, Math.min(round, samples.length));
        int right = 0;
        int done = 0;
        while (done < samples.length && right + samples.length - done > most) {
            int to = Math.min(samples.length, done + round);
            right += evaluation.right(Arrays.copyOfRange(samples, done, to), progress);
            done = to;
        }
        for (int skipped = done; skipped < samples.length; skipped++) {
            progress.run();
        }
        return new Candidate(scale, right, done);
    }

    /** The best candidate of those that {@link #run} tried; the largest k among equals, for it spikes least. */
    public static Candidate best(ImmutableList<Candidate> candidates) {
        return candidates.injectInto(candidates.getFirst(), (best, next) -> next.right() >= best.right() ? next : best);
    }

    /** The baseline model with its thresholds times k. */
    public static SpikingModel scaled(SpikingModel baseline, double scale) {
        ImmutableList<Population> populations = baseline.populations().collect(population -> {
            float[] thresholds = population.thresholds();
            return thresholds == null
                    ? population
                    : Population.ofThreshold((float) (thresholds[0] * scale), thresholds.length);
        });
        Optional<Conversion> conversion = baseline.provenance()
                .conversion()
                .map(c -> new Conversion(scale, c.percentile(), c.timesteps(), c.samples()));
        return baseline.withPopulations(populations)
                .withProvenance(baseline.provenance()
                        .then(
                                String.format(Locale.ROOT, "thresholds scaled by k = %s", scale),
                                baseline.provenance().seed())
                        .withConversion(conversion));
    }
}
