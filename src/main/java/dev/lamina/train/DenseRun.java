package dev.lamina.train;

import org.jspecify.annotations.Nullable;

/**
 * What a dense run of a spiking network gave.
 *
 * @param predictions of each sample, the class predicted after each time step; the lowest on ties
 * @param inputEvents events of the encoder, over all samples and time steps
 * @param spikes spikes that each spiking population handed on, in the order of the network's projections, over all
 *     samples and time steps; one number fewer than there are projections, since the readout does not fire
 * @param potentials of each sample, the readout's potentials, {@code classes} values a time step; null unless asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record DenseRun(int[][] predictions, long inputEvents, long[] spikes, float @Nullable [][] potentials) {

    /** The part of the samples whose prediction after {@code timestep}, from 1, is right; {@code labels} by sample. */
    public double accuracy(int[] labels, int timestep) {
        int right = 0;
        for (int i = 0; i < predictions.length; i++) {
            right += predictions[i][timestep - 1] == labels[i] ? 1 : 0;
        }
        return (double) right / predictions.length;
    }
}
