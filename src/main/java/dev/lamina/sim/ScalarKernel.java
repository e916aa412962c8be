package dev.lamina.sim;

/** The kernel in plain loops, for a Java runtime without the vector module. */
final class ScalarKernel implements Kernel {

    @Override
    public int lanes() {
        return 4;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void addRows(float[] weights, int[] rows, int count, float[] u, int offset, int width) {
        for (int n = 0; n < count; n++) {
            addRow(weights, rows[n], u, offset, width);
        }
    }

    @Override
    public void addRows(float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int width) {
        for (int n = 0; n < count; n++) {
            addRow(weights, rows[n], payloads[n], u, offset, width);
        }
    }

    @Override
    public void listRows(int[] indices, int from, int to, int shift, int rowLength, int[] rows, int count) {
        for (int i = 0; i < to - from; i++) {
            rows[count + i] = (indices[from + i] + shift) * rowLength;
        }
    }

    @Override
    public void listPayloads(float[] payloads, int from, int to, float[] list, int count) {
        System.arraycopy(payloads, from, list, count, to - from);
    }

    @Override
    public void addRow(float[] weights, int row, float[] u, int offset, int width) {
        for (int i = 0; i < width; i++) {
            u[offset + i] += weights[row + i];
        }
    }

    @Override
    public void addRuns(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs, int width) {
        for (int r = 0; r < runs; r++) {
            addRow(weights, run + r * step, payload, u, offset + r * uStep, width);
        }
    }

    private static void addRow(float[] weights, int row, float payload, float[] u, int offset, int width) {
        for (int i = 0; i < width; i++) {
            u[offset + i] += weights[row + i] * payload;
        }
    }

    @Override
    public void exceeding(float[] u, int offset, int width, float threshold, long[] bits) {
        for (int first = 0; first < width; first += Long.SIZE) {
            long word = 0;
            for (int i = first; i < Math.min(width, first + Long.SIZE); i++) {
                word |= u[offset + i] > threshold ? 1L << i : 0;
            }
            bits[first >>> 6] = word;
        }
    }

    @Override
    public void exceeding(float[] u, int offset, int width, float[] thresholds, int from, long[] bits) {
        for (int first = 0; first < width; first += Long.SIZE) {
            long word = 0;
            for (int i = first; i < Math.min(width, first + Long.SIZE); i++) {
                word |= u[offset + i] > thresholds[from + i] ? 1L << i : 0;
            }
            bits[first >>> 6] = word;
        }
    }

    @Override
    public void scale(float[] u, int offset, int width, float factor) {
        for (int i = offset; i < offset + width; i++) {
            u[i] *= factor;
        }
    }
}
