package dev.lamina.sim;

import java.util.Arrays;

/** The fixed-point kernel in plain loops. */
final class ScalarFixedKernel implements FixedKernel {

    @Override
    public int lanes() {
        return 4;
    }

    @Override
    public LaneOrder order() {
        return LaneOrder.PLAIN;
    }

    @Override
    public void addRows(short[] weights, RowList rows, short[] u, int offset, int width) {
        for (int part = 0; part < rows.parts; part++) {
            for (int n = rows.from[part]; n < rows.to[part]; n++) {
                int payload = rows.isUnit() ? 1 : (int) rows.payloads[n];
                addRow(weights, rows.rows[n] + rows.shift[part], payload, u, offset, width);
            }
        }
    }

    @Override
    public void addDense(short[] weights, DenseWindow window, short[] u, int offset, int width) {
        int row = window.weights;
        for (int y = 0; y < window.rows; y++) {
            for (int i = 0; i < window.length; i++) {
                addRow(weights, row, window.shorts[window.at + y * window.pitch + i], u, offset, width);
                row += width;
            }
        }
    }

    @Override
    public void addRuns(short[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, short[] u) {
        for (int n = from; n < to; n++) {
            int entry = indices[n] * RunTable.ENTRIES;
            int run = runs.entries[entry];
            int offset = runs.entries[entry + 1];
            int payload = payloads.length == 0 ? 1 : (int) payloads[n];
            for (int r = 0; r < runs.entries[entry + 2]; r++) {
                addRow(weights, run + r * runs.weightStep, payload, u, offset + r * runs.uStep, runs.width);
            }
        }
    }

    private static void addRow(short[] weights, int row, int payload, short[] u, int offset, int width) {
        for (int i = 0; i < width; i++) {
            u[offset + i] += (short) (weights[row + i] * payload);
        }
    }

    @Override
    public void widen(short[] part, int[] sums, int width) {
        for (int i = 0; i < width; i++) {
            sums[i] += part[i];
        }
    }

    @Override
    public void addSaturated(int[] sums, short[] u, int offset, int width, int limit) {
        for (int i = 0; i < width; i++) {
            u[offset + i] = (short) Math.max(-limit, Math.min(limit, u[offset + i] + sums[i]));
        }
    }

    @Override
    public void fire(short[] u, int offset, int width, short[] thresholds, int from, int limit, long[] fired) {
        Arrays.fill(fired, 0, (width + Long.SIZE - 1) >>> 6, 0);
        for (int i = 0; i < width; i++) {
            int potential = Math.max(-limit, Math.min(limit, u[offset + i]));
            if (potential > thresholds[from + i]) {
                fired[i >>> 6] |= 1L << i;
                potential -= thresholds[from + i];
            }
            u[offset + i] = (short) potential;
        }
    }
}
