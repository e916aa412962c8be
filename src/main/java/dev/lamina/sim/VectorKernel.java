package dev.lamina.sim;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/*
 * A row sum keeps four accumulators in registers, so that each weight costs one load and one addition and each sum
 * one store. Four independent additions in flight also hide the addition's latency: the order of additions within a
 * neuron is fixed, so the parallelism must come from neurons.
 */
/** The kernel on the JDK's Vector API. Loaded by {@link Kernels} only where the module is present. */
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String name() {
        return "vector" + SPECIES.vectorBitSize();
    }

    @Override
    public void sumRows(float[] weights, int[] rows, int count, float[] sums, int width) {
        int block = 0;
        for (; block + 4 * LANES <= width; block += 4 * LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int n = 0; n < count; n++) {
                int row = rows[n] + block;
                a = a.add(FloatVector.fromArray(SPECIES, weights, row));
                b = b.add(FloatVector.fromArray(SPECIES, weights, row + LANES));
                c = c.add(FloatVector.fromArray(SPECIES, weights, row + 2 * LANES));
                d = d.add(FloatVector.fromArray(SPECIES, weights, row + 3 * LANES));
            }
            a.intoArray(sums, block);
            b.intoArray(sums, block + LANES);
            c.intoArray(sums, block + 2 * LANES);
            d.intoArray(sums, block + 3 * LANES);
        }
        for (; block < width; block += LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            for (int n = 0; n < count; n++) {
                a = a.add(FloatVector.fromArray(SPECIES, weights, rows[n] + block));
            }
            a.intoArray(sums, block);
        }
    }

    @Override
    public void sumRows(float[] weights, int[] rows, float[] payloads, int count, float[] sums, int width) {
        int block = 0;
        for (; block + 4 * LANES <= width; block += 4 * LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int n = 0; n < count; n++) {
                int row = rows[n] + block;
                float payload = payloads[n];
                a = a.add(FloatVector.fromArray(SPECIES, weights, row).mul(payload));
                b = b.add(FloatVector.fromArray(SPECIES, weights, row + LANES).mul(payload));
                c = c.add(
                        FloatVector.fromArray(SPECIES, weights, row + 2 * LANES).mul(payload));
                d = d.add(
                        FloatVector.fromArray(SPECIES, weights, row + 3 * LANES).mul(payload));
            }
            a.intoArray(sums, block);
            b.intoArray(sums, block + LANES);
            c.intoArray(sums, block + 2 * LANES);
            d.intoArray(sums, block + 3 * LANES);
        }
        for (; block < width; block += LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            for (int n = 0; n < count; n++) {
                a = a.add(
                        FloatVector.fromArray(SPECIES, weights, rows[n] + block).mul(payloads[n]));
            }
            a.intoArray(sums, block);
        }
    }

    @Override
    public void addRow(float[] weights, int row, float[] sums, int offset, int width) {
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            FloatVector.fromArray(SPECIES, sums, offset + i)
                    .add(FloatVector.fromArray(SPECIES, weights, row + i))
                    .intoArray(sums, offset + i);
        }
        for (; i < width; i++) {
            sums[offset + i] += weights[row + i];
        }
    }

    @Override
    public void addRow(float[] weights, int row, float payload, float[] sums, int offset, int width) {
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            FloatVector.fromArray(SPECIES, sums, offset + i)
                    .add(FloatVector.fromArray(SPECIES, weights, row + i).mul(payload))
                    .intoArray(sums, offset + i);
        }
        for (; i < width; i++) {
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
        for (int i = 0; i < width; i += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, residuals, offset + i)
                    .add(FloatVector.fromArray(SPECIES, input, inputOffset + i));
            FloatVector threshold = FloatVector.fromArray(SPECIES, thresholds, i);
            VectorMask<Float> fired = u.compare(VectorOperators.GT, threshold);
            FloatVector residual = u.mul(leak);
            if (fired.anyTrue()) {
                residual = residual.lanewise(VectorOperators.SUB, threshold, fired);
                count = append(fired.toLong(), firstIndex + i, spikes, count);
            }
            residual.intoArray(residuals, offset + i);
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
        for (int i = 0; i < width; i += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, residuals, offset + i)
                    .add(FloatVector.fromArray(SPECIES, input, inputOffset + i));
            FloatVector threshold = FloatVector.fromArray(SPECIES, thresholds, i);
            VectorMask<Float> fired = u.compare(VectorOperators.GT, threshold);
            FloatVector residual = u.mul(leak);
            if (fired.anyTrue()) {
                residual = residual.blend(0f, fired);
                count = append(fired.toLong(), firstIndex + i, spikes, count);
            }
            residual.intoArray(residuals, offset + i);
        }
        return count;
    }

    private static int append(long fired, int firstIndex, int[] spikes, int count) {
        while (fired != 0) {
            spikes[count++] = firstIndex + Long.numberOfTrailingZeros(fired);
            fired &= fired - 1;
        }
        return count;
    }
}
