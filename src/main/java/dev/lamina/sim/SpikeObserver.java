package dev.lamina.sim;

/** Sees the spikes of a simulation go by. It runs on the simulating thread and must not keep the batch. */
@FunctionalInterface
public interface SpikeObserver {

    /** The number of the input population, which comes before layer 0. */
    int INPUT = -1;

    /** Looks away. */
    SpikeObserver NONE = (layer, sample, pass, firstTick, spikes) -> {};

    /**
     * Sees a batch.
     *
     * @param layer the spiking layer that the spikes come from, or {@link #INPUT}
     * @param sample the sample
     * @param pass which of the sample's simulations it is, for one that failed is begun anew: greater than that of any begun before
     * @param firstTick the time step of the batch's first
     * @param spikes the batch; only valid during the call
     */
    void spikes(int layer, int sample, long pass, int firstTick, SpikeBatch spikes);
}
