package dev.lamina.activity;

import java.util.Optional;

/**
 * What one layer did, summed over the samples.
 *
 * @param name the layer's name
 * @param cumulative by time step, what was done up to its end
 * @param synopsByTimestep the synaptic operations of each time step
 * @param spikesByTimestep the spikes of each time step
 * @param rates how often its neurons fire; absent for the readout, which has no spikes
 */
public record LayerActivity(
        String name,
        OperationCounts[] cumulative,
        long[] synopsByTimestep,
        long[] spikesByTimestep,
        Optional<FiringRates> rates) {

    /** What was done in all time steps. */
    public OperationCounts total() {
        return cumulative.length == 0 ? OperationCounts.ZERO : cumulative[cumulative.length - 1];
    }
}
