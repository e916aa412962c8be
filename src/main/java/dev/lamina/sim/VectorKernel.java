package dev.lamina.sim;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernel on the JDK's Vector API. Loaded by {@link Kernels} only where the module is present. */
final class VectorKernel implements Kernel {

    private static final FixedKernel FIXED = new VectorFixedKernel();
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** The neurons that fire together. */
    private static final int GROUP = VectorFiring.VECTORS * LANES;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String name() {
        return "vector" + SPECIES.vectorBitSize();
    }

    @Override
    public FixedKernel fixed() {
        return FIXED;
    }

    @Override
    public void addRows(float[] weights, RowList rows, float[] u, int offset, int width) {
        VectorRows.add(weights, rows, u, offset, width);
    }

    @Override
    public void addDense(float[] weights, DenseWindow window, float[] u, int offset, int width) {
        VectorDense.add(weights, window, u, offset, width);
    }

    @Override
    public void fire(float[] u, int offset, int width, float[] thresholds, int from, float leak, long[] fired) {
        Arrays.fill(fired, 0, (width + Long.SIZE - 1) >>> 6, 0);
        int i = 0;
        for (; i + GROUP <= width; i += GROUP) {
            fired[i >>> 6] |= VectorFiring.fire4(u, offset + i, thresholds, from + i, leak) << i;
        }
        for (; i < width; i += LANES) {
            fired[i >>> 6] |= VectorFiring.fire1(u, offset + i, thresholds, from + i, leak) << i;
        }
    }

    @Override
    public void addRow(float[] weights, int row, float[] u, int offset, int width) {
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            load(u, offset + i).add(load(weights, row + i)).intoArray(u, offset + i);
        }
        for (; i < width; i++) {
            u[offset + i] += weights[row + i];
        }
    }

    @Override
    public void addRuns(float[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, float[] u) {
        VectorRuns.add(weights, runs, indices, payloads, from, to, u);
    }

    @Override
    public float total(float[] values) {
        return VectorRows.total(values);
    }

    @Override
    public void scale(float[] u, int offset, int width, float factor) {
        for (int i = offset; i < offset + width; i += LANES) {
            load(u, i).mul(factor).intoArray(u, i);
        }
    }

    private static FloatVector load(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
