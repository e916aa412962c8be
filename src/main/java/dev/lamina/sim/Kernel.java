package dev.lamina.sim;

/**
 * The inner loops over contiguous floats, all in the order of additions that the package's contract fixes. Stateless
 * and thread-safe.
 */
public interface Kernel {

    /** The number of floats that the widest operation handles at once, a power of two. */
    int lanes();

    /** What it is called in logs and benchmarks. */
    String name();

    /**
     * Sums rows of weights: {@code sums[i] = Σ weights[rows[n] + i]} for n ascending from 0 to {@code count}.
     *
     * @param width the length of a row, a multiple of {@link #lanes()}
     */
    void sumRows(float[] weights, int[] rows, int count, float[] sums, int width);

    /** Sums rows of weights, each times a payload: {@code sums[i] = Σ weights[rows[n] + i] · payloads[n]}. */
    void sumRows(float[] weights, int[] rows, float[] payloads, int count, float[] sums, int width);

    /** Adds {@code width} floats: {@code sums[offset + i] += weights[row + i]}; any width. */
    void addRow(float[] weights, int row, float[] sums, int offset, int width);

    /** Adds {@code width} floats times a payload: {@code sums[offset + i] += weights[row + i] · payload}; any width. */
    void addRow(float[] weights, int row, float payload, float[] sums, int offset, int width);

    /**
     * Steps leaky integrate-and-fire neurons with soft reset: u = residual + input; it fires if u &gt; threshold;
     * residual = leak·u, less the threshold where it fired.
     *
     * @param residuals {@code width} neurons from {@code offset} on, updated
     * @param input their input currents from {@code inputOffset} on
     * @param thresholds their thresholds from 0 on
     * @param width the number of neurons, a multiple of {@link #lanes()}
     * @param firstIndex the index of the first of these neurons
     * @param spikes receives the indices of those that fired from {@code count} on; room for {@code width}
     * @return {@code count} plus the number that fired
     */
    int fireSoft(
            float[] residuals,
            int offset,
            float[] input,
            int inputOffset,
            float[] thresholds,
            float leak,
            int width,
            int firstIndex,
            int[] spikes,
            int count);

    /** The same with hard reset: residual = 0 where it fired. */
    int fireHard(
            float[] residuals,
            int offset,
            float[] input,
            int inputOffset,
            float[] thresholds,
            float leak,
            int width,
            int firstIndex,
            int[] spikes,
            int count);
}
