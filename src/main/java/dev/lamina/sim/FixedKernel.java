package dev.lamina.sim;

/** The inner loops over contiguous 16-bit integers. Sums must fit 16 bits. Stateless and thread-safe. */
public interface FixedKernel {

    /** The number of integers that belong together, a power of two, at most 64, and a multiple of the order's length. */
    int lanes();

    /** The order of neurons in which {@link #fire} finds their bits. */
    LaneOrder order();

    /** {@link Kernel#addRows} with whole payloads. */
    void addRows(short[] weights, RowList rows, short[] u, int offset, int width);

    /** {@link Kernel#addDense} with whole values. */
    void addDense(short[] weights, DenseWindow window, short[] u, int offset, int width);

    /** {@link Kernel#addRuns} with whole payloads. */
    void addRuns(short[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, short[] u);

    /** Adds {@code width} 16-bit sums to as many of 32 bits, in an order of the kernel's own. */
    void widen(short[] part, int[] sums, int width);

    /** Adds 32-bit sums in the order of {@link #widen} to potentials, which are then limited to ±{@code limit}. */
    void addSaturated(int[] sums, short[] u, int offset, int width, int limit);

    /**
     * Ends a time step of neurons without leak, with soft reset: limits potentials to ±{@code limit}; then the bit of
     * each neuron, in the neurons' own order, becomes {@code u > v}, and v is taken from the potentials of those that fired.
     *
     * @param width the number of potentials, a multiple of {@link #lanes()}
     * @param fired receives (width + 63) / 64 words
     */
    void fire(short[] u, int offset, int width, short[] thresholds, int from, int limit, long[] fired);
}
