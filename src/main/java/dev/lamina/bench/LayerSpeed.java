package dev.lamina.bench;

/**
 * How fast one layer is, on one thread.
 *
 * @param name its name
 * @param weights the number of its weights
 * @param synops synaptic operations a sample
 * @param seconds the time for a sample: pooling, adding, firing, the median of several rounds
 * @param roofline floats that a core adds in a second, streaming as many as the layer has weights; see {@link Roofline}
 */
public record LayerSpeed(String name, int weights, double synops, double seconds, double roofline) {

    /** Synaptic operations in a second. */
    public double synopsPerSecond() {
        return synops / seconds;
    }

    /**
     * The share of the roofline that is reached. Merging the events of a pool saves additions but no synaptic operations, so
     * behind a pool it may exceed 1.
     */
    public double rooflineShare() {
        return synopsPerSecond() / roofline;
    }
}
