package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.model.Conversion;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

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

    /**
     * A value that was tried.
     *
     * @param scale k
     * @param accuracy the part of the validation samples that were classified rightly, from 0 to 1
     */
    public record Candidate(double scale, double accuracy) {}

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
     * Tries all candidates.
     *
     * @param baseline a model converted with k = 1; it is run for the time steps that it was made for
     * @param dataset the training set
     * @param samples the ones to validate on
     * @param seed the seed of the encoder
     * @param progress told after each sample of each candidate, by several threads
     * @return the candidates in ascending order of k
     */
    public static ImmutableList<Candidate> run(
            SpikingModel baseline, Dataset dataset, int[] samples, long seed, Runnable progress) {
        return CANDIDATES.collect(scale -> new Candidate(
                scale, SpikingEvaluation.accuracy(scaled(baseline, scale), dataset, samples, seed, progress)));
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
