package dev.lamina.sim;

/** The fixed-point kernel on the JDK's Vector API. */
final class VectorFixedKernel implements FixedKernel {

    private static final LaneOrder ORDER = VectorFixedFiring.order();

    @Override
    public int lanes() {
        return VectorFixedFiring.GROUP;
    }

    @Override
    public LaneOrder order() {
        return ORDER;
    }

    @Override
    public void addRows(short[] weights, RowList rows, short[] u, int offset, int width) {
        VectorFixedRows.add(weights, rows, u, offset, width);
    }

    @Override
    public void addDense(short[] weights, DenseWindow window, short[] u, int offset, int width) {
        VectorFixedDense.add(weights, window, u, offset, width);
    }

    @Override
    public void addRuns(short[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, short[] u) {
        VectorFixedRuns.add(weights, runs, indices, payloads, from, to, u);
    }

    @Override
    public void widen(short[] part, int[] sums, int width) {
        VectorFixedSums.widen(part, sums, width);
    }

    @Override
    public void addSaturated(int[] sums, short[] u, int offset, int width, int limit) {
        VectorFixedSums.addSaturated(sums, u, offset, width, limit);
    }

    @Override
    public void fire(short[] u, int offset, int width, short[] thresholds, int from, int limit, long[] fired) {
        VectorFixedFiring.fire(u, offset, width, thresholds, from, limit, fired);
    }
}
