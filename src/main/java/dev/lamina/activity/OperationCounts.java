package dev.lamina.activity;

/**
 * What a layer did, exact; over some time steps of some samples.
 *
 * @param events spikes that came in, before any pooling
 * @param synops synaptic operations: one for each event and target
 * @param neuronUpdates neurons times time steps
 * @param touched of those, the ones in which a synaptic operation reached the neuron
 * @param spikes spikes that went out
 */
public record OperationCounts(long events, long synops, long neuronUpdates, long touched, long spikes) {

    /** Nothing. */
    public static final OperationCounts ZERO = new OperationCounts(0, 0, 0, 0, 0);

    /** Both together. */
    public OperationCounts plus(OperationCounts other) {
        return new OperationCounts(
                events + other.events,
                synops + other.synops,
                neuronUpdates + other.neuronUpdates,
                touched + other.touched,
                spikes + other.spikes);
    }
}
