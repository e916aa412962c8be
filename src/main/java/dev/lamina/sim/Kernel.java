package dev.lamina.sim;

/**
 * The inner loops over contiguous floats, all in the order of additions that the package's contract fixes. Stateless
 * and thread-safe.
 */
public interface Kernel {

    /** How far {@link #listRows} and {@link #listPayloads} may read and write beyond their lists. */
    int SLACK = 64;

    /** The number of floats that the widest operation handles at once, a power of two, at most 64. */
    int lanes();

    /** What it is called in logs and benchmarks. */
    String name();

    /**
     * Adds rows of weights to potentials: {@code u[offset + i] += weights[rows[n] + i]} for n ascending from 0 to
     * {@code count}.
     *
     * @param width the length of a row, a multiple of {@link #lanes()}
     */
    void addRows(float[] weights, int[] rows, int count, float[] u, int offset, int width);

    /** Adds rows of weights, each times a payload: {@code u[offset + i] += weights[rows[n] + i] · payloads[n]}. */
    void addRows(float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int width);

    /**
     * Lists where the weight rows of some neighbouring events begin: {@code rows[count + i] = (indices[from + i] + shift) *
     * rowLength} for i from 0 to {@code to - from}. Up to {@link #SLACK} entries of {@code indices} beyond {@code to} are
     * read, and as many of {@code rows} beyond the last are overwritten.
     */
    void listRows(int[] indices, int from, int to, int shift, int rowLength, int[] rows, int count);

    /** Lists the payloads of some neighbouring events, {@code list[count + i] = payloads[from + i]}, likewise. */
    void listPayloads(float[] payloads, int from, int to, float[] list, int count);

    /** Adds {@code width} floats: {@code u[offset + i] += weights[row + i]}; any width. */
    void addRow(float[] weights, int row, float[] u, int offset, int width);

    /**
     * Adds some runs of weights, each times a payload: {@code u[offset + r · uStep + i] += weights[run + r · step + i] ·
     * payload} for r from 0 to {@code runs} and i from 0 to {@code width}, a multiple of
     * {@link #lanes()}.
     */
    void addRuns(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs, int width);

    /**
     * Finds the potentials above one threshold: bit i of {@code bits} becomes {@code u[offset + i] > threshold}.
     *
     * @param width the number of potentials, a multiple of {@link #lanes()}
     * @param bits receives (width + 63) / 64 words
     */
    void exceeding(float[] u, int offset, int width, float threshold, long[] bits);

    /** Finds the potentials above thresholds of their own: bit i becomes {@code u[offset + i] > thresholds[from + i]}. */
    void exceeding(float[] u, int offset, int width, float[] thresholds, int from, long[] bits);

    /** Multiplies {@code width} potentials by {@code factor}; {@code width} is a multiple of {@link #lanes()}. */
    void scale(float[] u, int offset, int width, float factor);
}
