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
    public void sumRows(float[] weights, int[] rows, int count, float[] sums, int width) {
        java.util.Arrays.fill(sums, 0, width, 0f);
        for (int n = 0; n < count; n++) {
            addRow(weights, rows[n], sums, 0, width);
        }
    }

    @Override
    public void sumRows(float[] weights, int[] rows, float[] payloads, int count, float[] sums, int width) {
        java.util.Arrays.fill(sums, 0, width, 0f);
        for (int n = 0; n < count; n++) {
            addRow(weights, rows[n], payloads[n], sums, 0, width);
        }
    }

    @Override
    public void addRow(float[] weights, int row, float[] sums, int offset, int width) {
        for (int i = 0; i < width; i++) {
            sums[offset + i] += weights[row + i];
        }
    }

    @Override
    public void addRow(float[] weights, int row, float payload, float[] sums, int offset, int width) {
        for (int i = 0; i < width; i++) {
            sums[offset + i] += weights[row + i] * payload;
        }
    }

    @Override
    public int fireSoft(
            float[] residuals,
            int offset,
            float[] input,
            int inputOffset,
            float[] thresholds,
            float leak,
            int width,
            int firstIndex,
            int[] spikes,
            int count) {
        for (int i = 0; i < width; i++) {
            float u = residuals[offset + i] + input[inputOffset + i];
            float residual = leak * u;
            if (u > thresholds[i]) {
                residual -= thresholds[i];
                spikes[count++] = firstIndex + i;
            }
            residuals[offset + i] = residual;
        }
        return count;
    }

    @Override
    public int fireHard(
            float[] residuals,
            int offset,
            float[] input,
            int inputOffset,
            float[] thresholds,
            float leak,
            int width,
            int firstIndex,
            int[] spikes,
            int count) {
        for (int i = 0; i < width; i++) {
            float u = residuals[offset + i] + input[inputOffset + i];
            float residual = leak * u;
            if (u > thresholds[i]) {
                residual = 0;
                spikes[count++] = firstIndex + i;
            }
            residuals[offset + i] = residual;
        }
        return count;
    }
}
