package dev.lamina.sim;

/**
 * The inner loops over contiguous floats, all in the order of additions that the package's contract fixes. Stateless
 * and thread-safe.
 */
public interface Kernel {

    /** The length of an array that {@link #total} takes is a multiple of this. */
    int TOTAL_BLOCK = 8 * 64;

    /** The number of floats that the widest operation handles at once, a power of two, at most 64. */
    int lanes();

    /** What it is called in logs and benchmarks. */
    String name();

    /** The same loops over 16-bit integers. */
    FixedKernel fixed();

    /**
     * Adds rows of weights, each times its payload, to potentials: {@code u[offset + i] += weights[row(n) + i] ·
     * payload(n)} for n ascending.
     *
     * @param width the length of a row, a multiple of {@link #lanes()}
     */
    void addRows(float[] weights, RowList rows, float[] u, int offset, int width);

    /** Adds all weight rows of a window, each times its value. */
    void addDense(float[] weights, DenseWindow window, float[] u, int offset, int width);

    /**
     * Ends a time step of neurons with soft reset: bit i of {@code fired} becomes {@code u[offset + i] > v}, and the
     * potentials become residuals, {@code u · leak − v} where a neuron fired and {@code u · leak} elsewhere; v is
     * {@code thresholds[from + i]}.
     *
     * @param width the number of potentials, a multiple of {@link #lanes()}
     * @param fired receives (width + 63) / 64 words
     */
    void fire(float[] u, int offset, int width, float[] thresholds, int from, float leak, long[] fired);

    /** Adds {@code width} floats: {@code u[offset + i] += weights[row + i]}; any width. */
    void addRow(float[] weights, int row, float[] u, int offset, int width);

    /**
     * Adds the runs of weights of some events, each times the event's payload, to potentials.
     *
     * @param payloads an empty array means 1 for all
     * @param from the first event
     * @param to where the events end
     */
    void addRuns(float[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, float[] u);

    /** The sum of all values, added up in as many sums as hide the addition's latency: the fastest loop that loads and adds. */
    float total(float[] values);

    /** Multiplies {@code width} potentials by {@code factor}; {@code width} is a multiple of {@link #lanes()}. */
    void scale(float[] u, int offset, int width, float factor);
}
