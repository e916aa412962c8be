package dev.lamina.sim;

/**
 * The order of consecutive neurons in memory: within each group of as many as the order is long, neuron i lies at place
 * {@code of(i)}.
 */
public final class LaneOrder {

    /** Neurons lie in their own order. */
    static final LaneOrder PLAIN = new LaneOrder(new int[] {0});

    private final int[] places;

    /** Groups of {@code places.length}, a power of two; neuron i of a group lies at {@code places[i]}. */
    LaneOrder(int[] places) {
        this.places = places;
    }

    /** The length of a group. */
    int length() {
        return places.length;
    }

    int of(int neuron) {
        int within = neuron & (places.length - 1);
        return neuron - within + places[within];
    }
}
