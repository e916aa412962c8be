package dev.lamina.train;

import dev.lamina.data.Encoder;
import dev.lamina.io.InputException;
import dev.lamina.network.NeuronModel;

/**
 * How to convert an ordinary network into a spiking one.
 *
 * @param scale k, the factor on each layer's balanced threshold, above 0 and at most 10; 1 is the baseline conversion
 * @param percentile which percentile of the weighted inputs stands for the largest, within (0, 100]
 * @param timesteps time steps of input to watch for each sample, at least 1
 * @param samples training samples to watch, at least 1
 * @param encoder how input becomes events, here and in the converted model
 * @param neuron the neuron model of the converted network
 * @param simulationTimesteps T that the converted model is made for, at least 1
 * @param seed of the choice of samples and of the encoder
 */
public record BalancingRecipe(
        double scale,
        double percentile,
        int timesteps,
        int samples,
        Encoder encoder,
        NeuronModel neuron,
        int simulationTimesteps,
        long seed) {

    public BalancingRecipe {
        check(scale > 0 && scale <= 10, "k = " + scale, "k scales the thresholds: give it more than 0, at most 10");
        check(percentile > 0 && percentile <= 100, "percentile = " + percentile, "give it more than 0, at most 100");
        check(timesteps >= 1, "balancing time steps = " + timesteps, "give it at least 1");
        check(samples >= 1, "balancing samples = " + samples, "give it at least 1");
        check(simulationTimesteps >= 1, "time steps = " + simulationTimesteps, "give it at least 1");
    }

    private static void check(boolean good, String what, String mend) {
        if (!good) {
            throw InputException.configuration("a conversion setting is out of range", what, mend);
        }
    }
}
