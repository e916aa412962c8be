package dev.lamina.energy;

/**
 * What one layer of a network did for a sample, or on average over samples: all that a hardware profile charges for. Counts are
 * doubles because they may be means; none is negative.
 *
 * @param layer the layer's name
 * @param size how large the layer is
 * @param timesteps T
 * @param accumulates synaptic operations by spikes: one weight, scaled once and for all, added to one membrane
 * @param multiplyAccumulates synaptic operations by analog values, that of an input current: a weight times the value
 * @param neuronUpdates neurons times time steps
 * @param touchedNeuronUpdates those of them with at least one synaptic operation in the time step; all of them where nobody
 *     counted
 * @param eventsIn spikes, or analog values, that reached the layer
 * @param spikesOut spikes of the layer's own neurons; 0 for a readout
 * @param packets messages that carried {@code eventsIn}: as many where the network was not mapped to cores
 * @param hops how far they went together, from router to router; 0 where the network was not mapped
 */
public record Workload(
        String layer,
        Size size,
        double timesteps,
        double accumulates,
        double multiplyAccumulates,
        double neuronUpdates,
        double touchedNeuronUpdates,
        double eventsIn,
        double spikesOut,
        double packets,
        double hops) {

    /**
     * How large a layer is.
     *
     * @param sourceNeurons neurons of the population that the synapses come from
     * @param pooledNeurons values behind the average pool between, which the ordinary network's layer reads; as many as
     *     {@code sourceNeurons} without a pool
     * @param neurons neurons that the synapses end on
     * @param weights weights; a convolution's are shared by all positions
     * @param macs multiply-accumulates of the ordinary network's layer for a sample
     */
    public record Size(double sourceNeurons, double pooledNeurons, double neurons, double weights, double macs) {

        /** A size; {@code IllegalArgumentException} if a number is negative or not finite. */
        public Size {
            requireCounts(sourceNeurons, pooledNeurons, neurons, weights, macs);
        }

        /** Whether a weight serves several target positions, so that its place must be computed from two coordinates. */
        public boolean sharesWeights() {
            return macs > weights;
        }
    }

    /** A workload; {@code IllegalArgumentException} if a count is negative, not finite, or more is touched than updated. */
    public Workload {
        requireCounts(
                timesteps,
                accumulates,
                multiplyAccumulates,
                neuronUpdates,
                touchedNeuronUpdates,
                eventsIn,
                spikesOut,
                packets,
                hops);
        if (touchedNeuronUpdates > neuronUpdates) {
            throw new IllegalArgumentException(
                    touchedNeuronUpdates + " touched neuron updates of " + neuronUpdates + " in all");
        }
    }

    /** All synaptic operations. */
    public double synops() {
        return accumulates + multiplyAccumulates;
    }

    private static void requireCounts(double... counts) {
        for (double count : counts) {
            if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a count is " + count);
            }
        }
    }
}
