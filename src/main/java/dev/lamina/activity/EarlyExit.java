package dev.lamina.activity;

import java.util.List;

/**
 * What stopping each sample early gives: as soon as the readout's margin, the distance of the highest potential from the second
 * highest, is at least so large, its prediction stands and nothing is computed any more.
 *
 * @param margin the margin, in the readout's units of membrane potential
 * @param samples the samples
 * @param right those predicted rightly
 * @param timesteps the time steps of all samples together
 * @param layers what each layer did, over all samples
 */
public record EarlyExit(double margin, int samples, int right, long timesteps, List<OperationCounts> layers) {

    /** The accuracy, from 0 to 1. */
    public double accuracy() {
        return samples == 0 ? 0 : (double) right / samples;
    }

    /** The time steps of a sample, on average. */
    public double meanTimesteps() {
        return samples == 0 ? 0 : (double) timesteps / samples;
    }
}
