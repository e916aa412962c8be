package dev.lamina.sim;

import java.util.Arrays;

/** The kernel in plain loops, for a Java runtime without the vector module. */
final class ScalarKernel implements Kernel {

    private static final FixedKernel FIXED = new ScalarFixedKernel();

    @Override
    public int lanes() {
        return 4;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public FixedKernel fixed() {
        return FIXED;
    }

    @Override
    public void addRows(float[] weights, RowList rows, float[] u, int offset, int width) {
        for (int part = 0; part < rows.parts; part++) {
            for (int n = rows.from[part]; n < rows.to[part]; n++) {
                int row = rows.rows[n] + rows.shift[part];
                if (rows.isUnit()) {
                    addRow(weights, row, u, offset, width);
                } else {
                    addRow(weights, row, rows.payloads[n], u, offset, width);
                }
            }
        }
    }

    @Override
    public void addDense(float[] weights, DenseWindow window, float[] u, int offset, int width) {
        int row = window.weights;
        for (int y = 0; y < window.rows; y++) {
            for (int i = 0; i < window.length; i++) {
                addRow(weights, row, window.floats[window.at + y * window.pitch + i], u, offset, width);
                row += width;
            }
        }
    }

    @Override
    public void fire(float[] u, int offset, int width, float[] thresholds, int from, float leak, long[] fired) {
        Arrays.fill(fired, 0, (width + Long.SIZE - 1) >>> 6, 0);
        for (int i = 0; i < width; i++) {
            float potential = u[offset + i];
            float threshold = thresholds[from + i];
            u[offset + i] = potential * leak;
            if (potential > threshold) {
                fired[i >>> 6] |= 1L << i;
                u[offset + i] -= threshold;
            }
        }
    }

    @Override
    public void addRow(float[] weights, int row, float[] u, int offset, int width) {
        for (int i = 0; i < width; i++) {
            u[offset + i] += weights[row + i];
        }
    }

    @Override
    public void addRuns(float[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, float[] u) {
        for (int n = from; n < to; n++) {
            int entry = indices[n] * RunTable.ENTRIES;
            int run = runs.entries[entry];
            int offset = runs.entries[entry + 1];
            float payload = payloads.length == 0 ? 1 : payloads[n];
            for (int r = 0; r < runs.entries[entry + 2]; r++) {
                addRow(weights, run + r * runs.weightStep, payload, u, offset + r * runs.uStep, runs.width);
            }
        }
    }

    private static void addRow(float[] weights, int row, float payload, float[] u, int offset, int width) {
        for (int i = 0; i < width; i++) {
            u[offset + i] += weights[row + i] * payload;
        }
    }

    @Override
    public float total(float[] values) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < values.length; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        return a + b + c + d;
    }

    @Override
    public void scale(float[] u, int offset, int width, float factor) {
        for (int i = offset; i < offset + width; i++) {
            u[i] *= factor;
        }
    }
}
