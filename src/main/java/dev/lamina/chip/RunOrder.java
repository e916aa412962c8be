package dev.lamina.chip;

import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What a chip is to run.
 *
 * @param samples the indices of the samples, in the order in which they are run and reported; copied. An index may come twice, but not
 *     where an observer tells samples apart by it
 * @param source gives the preprocessed values of a sample, in neuron order; called on the chip's threads, one at a time
 * @param timesteps T, at least 1
 * @param seed the seed of the random numbers
 * @param listener takes each result, in order; called on the chip's threads, one at a time
 * @param givenUp takes, in its place in the order, each sample that can not be run; what it throws ends the run
 */
public record RunOrder(
        int[] samples,
        IntFunction<float[]> source,
        int timesteps,
        long seed,
        Consumer<Answer> listener,
        Consumer<GivenUpSample> givenUp) {

    public RunOrder {
        samples = samples.clone();
        if (timesteps < 1) {
            throw new IllegalArgumentException("a sample takes at least 1 time step, not " + timesteps);
        }
    }

    /** An order whose run ends at the first sample that can not be run. */
    public RunOrder(int[] samples, IntFunction<float[]> source, int timesteps, long seed, Consumer<Answer> listener) {
        this(samples, source, timesteps, seed, listener, RunOrder::end);
    }

    private static void end(GivenUpSample sample) {
        throw new ChipException(
                "sample " + sample.sample() + " failed " + sample.attempts() + " times", sample.cause());
    }
}
