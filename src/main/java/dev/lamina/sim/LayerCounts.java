package dev.lamina.sim;

/**
 * What happened in one layer over some time steps; exact.
 *
 * @param spikes spikes handed on to the next layer
 * @param synops synaptic operations: weights added to the layer's membranes, one for each input event and target
 * @param neuronUpdates neurons times time steps: how often hardware that steps every neuron would have stepped one
 */
public record LayerCounts(long spikes, long synops, long neuronUpdates) {

    /** Nothing happened. */
    public static final LayerCounts ZERO = new LayerCounts(0, 0, 0);

    /** Both together. */
    public LayerCounts plus(LayerCounts other) {
        return new LayerCounts(spikes + other.spikes, synops + other.synops, neuronUpdates + other.neuronUpdates);
    }
}
