package dev.lamina.sim;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/*
 * Adding rows keeps up to eight vectors of potentials in registers, so that each weight costs one load and one addition and
 * each potential one load and one store. Four independent additions and more in flight also hide the addition's latency: the
 * order of additions within a neuron is fixed, so the parallelism must come from neurons.
 *
 * Adding runs writes out the vectors of a run, up to five: a loop over so few costs more than they do.
 *
 * Firing is turned into bits by integer arithmetic and a reduction, since on JDK 17 a mask's toLong() is no intrinsic
 * and ten times slower. A lane gives one bit, so 32 / lanes vectors share a reduction; they are written out, since an
 * inner loop over vectors keeps them boxed on JDK 17.
 */
/** The kernel on the JDK's Vector API. Loaded by {@link Kernels} only where the module is present. */
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** In each lane one bit: 1 in lane 0, 2 in lane 1, 4 in lane 2 and so on, from a first bit on. */
    private static final IntVector BITS_0 = laneBits(0);

    private static final IntVector BITS_8 = laneBits(8);
    private static final IntVector BITS_16 = laneBits(16);
    private static final IntVector BITS_24 = laneBits(24);

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String name() {
        return "vector" + SPECIES.vectorBitSize();
    }

    @Override
    public void addRows(float[] weights, int[] rows, int count, float[] u, int offset, int width) {
        int block = 0;
        for (; block + 8 * LANES <= width; block += 8 * LANES) {
            add8(weights, rows, count, u, offset, block);
        }
        for (; block + 4 * LANES <= width; block += 4 * LANES) {
            add4(weights, rows, count, u, offset, block);
        }
        switch ((width - block) / LANES) {
            case 3 -> add3(weights, rows, count, u, offset, block);
            case 2 -> add2(weights, rows, count, u, offset, block);
            case 1 -> add1(weights, rows, count, u, offset, block);
            default -> {}
        }
    }

    private static void add8(float[] weights, int[] rows, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        FloatVector c = load(u, offset + block + 2 * LANES);
        FloatVector d = load(u, offset + block + 3 * LANES);
        FloatVector e = load(u, offset + block + 4 * LANES);
        FloatVector f = load(u, offset + block + 5 * LANES);
        FloatVector g = load(u, offset + block + 6 * LANES);
        FloatVector h = load(u, offset + block + 7 * LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
            d = d.add(load(weights, row + 3 * LANES));
            e = e.add(load(weights, row + 4 * LANES));
            f = f.add(load(weights, row + 5 * LANES));
            g = g.add(load(weights, row + 6 * LANES));
            h = h.add(load(weights, row + 7 * LANES));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
        c.intoArray(u, offset + block + 2 * LANES);
        d.intoArray(u, offset + block + 3 * LANES);
        e.intoArray(u, offset + block + 4 * LANES);
        f.intoArray(u, offset + block + 5 * LANES);
        g.intoArray(u, offset + block + 6 * LANES);
        h.intoArray(u, offset + block + 7 * LANES);
    }

    private static void add4(float[] weights, int[] rows, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        FloatVector c = load(u, offset + block + 2 * LANES);
        FloatVector d = load(u, offset + block + 3 * LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
            d = d.add(load(weights, row + 3 * LANES));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
        c.intoArray(u, offset + block + 2 * LANES);
        d.intoArray(u, offset + block + 3 * LANES);
    }

    private static void add3(float[] weights, int[] rows, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        FloatVector c = load(u, offset + block + 2 * LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
        c.intoArray(u, offset + block + 2 * LANES);
    }

    private static void add2(float[] weights, int[] rows, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
    }

    private static void add1(float[] weights, int[] rows, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            a = a.add(load(weights, row));
        }
        a.intoArray(u, offset + block);
    }

    @Override
    public void addRows(float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int width) {
        int block = 0;
        for (; block + 8 * LANES <= width; block += 8 * LANES) {
            add8(weights, rows, payloads, count, u, offset, block);
        }
        for (; block + 4 * LANES <= width; block += 4 * LANES) {
            add4(weights, rows, payloads, count, u, offset, block);
        }
        switch ((width - block) / LANES) {
            case 3 -> add3(weights, rows, payloads, count, u, offset, block);
            case 2 -> add2(weights, rows, payloads, count, u, offset, block);
            case 1 -> add1(weights, rows, payloads, count, u, offset, block);
            default -> {}
        }
    }

    private static void add8(
            float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        FloatVector c = load(u, offset + block + 2 * LANES);
        FloatVector d = load(u, offset + block + 3 * LANES);
        FloatVector e = load(u, offset + block + 4 * LANES);
        FloatVector f = load(u, offset + block + 5 * LANES);
        FloatVector g = load(u, offset + block + 6 * LANES);
        FloatVector h = load(u, offset + block + 7 * LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
            e = e.add(load(weights, row + 4 * LANES).mul(payload));
            f = f.add(load(weights, row + 5 * LANES).mul(payload));
            g = g.add(load(weights, row + 6 * LANES).mul(payload));
            h = h.add(load(weights, row + 7 * LANES).mul(payload));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
        c.intoArray(u, offset + block + 2 * LANES);
        d.intoArray(u, offset + block + 3 * LANES);
        e.intoArray(u, offset + block + 4 * LANES);
        f.intoArray(u, offset + block + 5 * LANES);
        g.intoArray(u, offset + block + 6 * LANES);
        h.intoArray(u, offset + block + 7 * LANES);
    }

    private static void add4(
            float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        FloatVector c = load(u, offset + block + 2 * LANES);
        FloatVector d = load(u, offset + block + 3 * LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
        c.intoArray(u, offset + block + 2 * LANES);
        d.intoArray(u, offset + block + 3 * LANES);
    }

    private static void add3(
            float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        FloatVector c = load(u, offset + block + 2 * LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
        c.intoArray(u, offset + block + 2 * LANES);
    }

    private static void add2(
            float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        FloatVector b = load(u, offset + block + LANES);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
        }
        a.intoArray(u, offset + block);
        b.intoArray(u, offset + block + LANES);
    }

    private static void add1(
            float[] weights, int[] rows, float[] payloads, int count, float[] u, int offset, int block) {
        FloatVector a = load(u, offset + block);
        for (int n = 0; n < count; n++) {
            int row = rows[n] + block;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
        }
        a.intoArray(u, offset + block);
    }

    @Override
    public void listRows(int[] indices, int from, int to, int shift, int rowLength, int[] rows, int count) {
        for (int n = from; n < to; n += LANES) {
            IntVector.fromArray(INTS, indices, n).add(shift).mul(rowLength).intoArray(rows, count + n - from);
        }
    }

    @Override
    public void listPayloads(float[] payloads, int from, int to, float[] list, int count) {
        for (int n = from; n < to; n += LANES) {
            load(payloads, n).intoArray(list, count + n - from);
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
    public void addRuns(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs, int width) {
        int vectors = width / LANES;
        switch (vectors) {
            case 0 -> {}
            case 1 -> addRuns1(weights, run, step, payload, u, offset, uStep, runs);
            case 2 -> addRuns2(weights, run, step, payload, u, offset, uStep, runs);
            case 3 -> addRuns3(weights, run, step, payload, u, offset, uStep, runs);
            case 4 -> addRuns4(weights, run, step, payload, u, offset, uStep, runs);
            case 5 -> addRuns5(weights, run, step, payload, u, offset, uStep, runs);
            default -> {
                for (int r = 0; r < runs; r++) {
                    for (int i = 0; i < vectors * LANES; i += LANES) {
                        addVector(weights, run + r * step + i, payload, u, offset + r * uStep + i);
                    }
                }
            }
        }
    }

    private static void addRuns1(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs) {
        for (int r = 0; r < runs; r++) {
            int from = run + r * step;
            int to = offset + r * uStep;
            addVector(weights, from, payload, u, to);
        }
    }

    private static void addRuns2(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs) {
        for (int r = 0; r < runs; r++) {
            int from = run + r * step;
            int to = offset + r * uStep;
            addVector(weights, from, payload, u, to);
            addVector(weights, from + LANES, payload, u, to + LANES);
        }
    }

    private static void addRuns3(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs) {
        for (int r = 0; r < runs; r++) {
            int from = run + r * step;
            int to = offset + r * uStep;
            addVector(weights, from, payload, u, to);
            addVector(weights, from + LANES, payload, u, to + LANES);
            addVector(weights, from + 2 * LANES, payload, u, to + 2 * LANES);
        }
    }

    private static void addRuns4(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs) {
        for (int r = 0; r < runs; r++) {
            int from = run + r * step;
            int to = offset + r * uStep;
            addVector(weights, from, payload, u, to);
            addVector(weights, from + LANES, payload, u, to + LANES);
            addVector(weights, from + 2 * LANES, payload, u, to + 2 * LANES);
            addVector(weights, from + 3 * LANES, payload, u, to + 3 * LANES);
        }
    }

    private static void addRuns5(
            float[] weights, int run, int step, float payload, float[] u, int offset, int uStep, int runs) {
        for (int r = 0; r < runs; r++) {
            int from = run + r * step;
            int to = offset + r * uStep;
            addVector(weights, from, payload, u, to);
            addVector(weights, from + LANES, payload, u, to + LANES);
            addVector(weights, from + 2 * LANES, payload, u, to + 2 * LANES);
            addVector(weights, from + 3 * LANES, payload, u, to + 3 * LANES);
            addVector(weights, from + 4 * LANES, payload, u, to + 4 * LANES);
        }
    }

    private static void addVector(float[] weights, int from, float payload, float[] u, int to) {
        load(u, to).add(load(weights, from).mul(payload)).intoArray(u, to);
    }

    @Override
    public void exceeding(float[] u, int offset, int width, float threshold, long[] bits) {
        FloatVector v = FloatVector.broadcast(SPECIES, threshold);
        Arrays.fill(bits, 0, (width + Long.SIZE - 1) >>> 6, 0);
        int i = 0;
        if (LANES == 16) {
            for (; i + Long.SIZE <= width; i += Long.SIZE) {
                bits[i >>> 6] = bits(above32(u, offset + i, v), above32(u, offset + i + Integer.SIZE, v));
            }
            if (i + Integer.SIZE <= width) {
                bits[i >>> 6] = bits(above32(u, offset + i, v));
                i += Integer.SIZE;
            }
        } else if (LANES == 8) {
            for (; i + Integer.SIZE <= width; i += Integer.SIZE) {
                bits[i >>> 6] |= bits(above(load(u, offset + i), v, BITS_0)
                                .or(above(load(u, offset + i + 8), v, BITS_8))
                                .or(above(load(u, offset + i + 16), v, BITS_16))
                                .or(above(load(u, offset + i + 24), v, BITS_24)))
                        << i;
            }
        }
        for (; i < width; i += LANES) {
            bits[i >>> 6] |= bits(above(load(u, offset + i), v, BITS_0)) << i;
        }
    }

    /** With 16 lanes, the bits of 32 potentials, two of them in each lane. */
    private static IntVector above32(float[] u, int offset, FloatVector v) {
        return above(load(u, offset), v, BITS_0).or(above(load(u, offset + 16), v, BITS_16));
    }

    /** One reduction for 64 bits: the lower ones are brought to the lower halves of pairs of lanes, the upper ones above. */
    private static long bits(IntVector lower, IntVector upper) {
        LongVector a = lower.reinterpretAsLongs();
        LongVector b = upper.reinterpretAsLongs();
        LongVector low = a.or(a.lanewise(VectorOperators.LSHR, Integer.SIZE)).and(0xffffffffL);
        LongVector high = b.or(b.lanewise(VectorOperators.LSHL, Integer.SIZE)).and(0xffffffff00000000L);
        return low.or(high).reduceLanes(VectorOperators.OR);
    }

    @Override
    public void exceeding(float[] u, int offset, int width, float[] thresholds, int from, long[] bits) {
        Arrays.fill(bits, 0, (width + Long.SIZE - 1) >>> 6, 0);
        for (int i = 0; i < width; i += LANES) {
            bits[i >>> 6] |= bits(above(load(u, offset + i), load(thresholds, from + i), BITS_0)) << i;
        }
    }

    /** In each lane its bit, if u exceeds the threshold there: v − u is negative only then. */
    private static IntVector above(FloatVector u, FloatVector threshold, IntVector laneBits) {
        return threshold
                .sub(u)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(laneBits);
    }

    private static long bits(IntVector lanes) {
        return lanes.reduceLanes(VectorOperators.OR) & 0xffffffffL;
    }

    private static IntVector laneBits(int shift) {
        return IntVector.broadcast(INTS, 1)
                .lanewise(VectorOperators.LSHL, IntVector.zero(INTS).addIndex(1).add(shift));
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
