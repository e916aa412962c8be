package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.model.Conversion;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/*
 * Small thresholds let spikes through early, so a few time steps are enough; but neurons then saturate, and more time
 * steps do not help. Which k is best depends on T: on LeNet-5, about 0.4 for 5 time steps, 0.7 for 20 and more. So it
 * is measured, on training samples, never on the test set.
 */
/** The search for the k that serves a number of time steps best. */
public final class ScaleSearch {

    /** The values that are tried. */
    public static final ImmutableList<Double> CANDIDATES =
            Lists.immutable.of(0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);

    /**
     * A value that was tried.
     *
     * @param scale k
     * @param accuracy the part of the validation samples that were classified rightly, from 0 to 1
     */
    public record Candidate(double scale, double accuracy) {}

    private ScaleSearch() {}

    /**
     * Tries all candidates.
     *
     * @param baseline a model converted with k = 1; it is run for the time steps that it was made for
     * @param dataset the training set
     * @param samples how many of its samples to validate on; the seed draws them
     * @param seed the seed of the draw and the encoder
     * @param progress told after each sample of each candidate, by several threads
     * @return the candidates in ascending order of k
     */
    public static ImmutableList<Candidate> run(
            SpikingModel baseline, Dataset dataset, int samples, long seed, Runnable progress) {
        // Another stream than the one that draws the samples for balancing.
        int[] drawn = new SplittableRandom(~seed)
                .ints(0, dataset.size())
                .distinct()
                .limit(Math.min(samples, dataset.size()))
                .toArray();
        return CANDIDATES.collect(scale -> new Candidate(
                scale, SpikingEvaluation.accuracy(scaled(baseline, scale), dataset, drawn, seed, progress)));
    }

    /** The best candidate; the largest k among equals, for it spikes least. */
    public static Candidate best(ImmutableList<Candidate> candidates) {
        return candidates.injectInto(
                candidates.getFirst(), (best, next) -> next.accuracy() >= best.accuracy() ? next : best);
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
