package dev.lamina.sim;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/*
 * Adding rows keeps four vectors of potentials in registers, so that each weight costs one load and one addition and
 * each potential one load and one store. Four independent additions in flight also hide the addition's latency: the
 * order of additions within a neuron is fixed, so the parallelism must come from neurons.
 *
 * Vectors and parts of the list are written out: a loop within a loop would keep the vectors boxed on JDK 17, and so would
 * more than four vectors for three parts.
 */
/** Sums of weight rows in registers. */
final class VectorRows {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int MAX_PARTS = 3;

    private VectorRows() {}

    static void add(float[] weights, RowList rows, float[] u, int offset, int width) {
        if (rows.parts == 0) {
            return;
        }
        boolean unit = rows.isUnit();
        int column = 0;
        if (rows.parts <= MAX_PARTS) {
            for (; column + 4 * LANES <= width; column += 4 * LANES) {
                if (unit) {
                    add4(weights, rows, column, u, offset + column);
                } else {
                    add4Graded(weights, rows, column, u, offset + column);
                }
            }
        }
        for (; column < width; column += 3 * LANES) {
            int vectors = Math.min(3, (width - column) / LANES);
            for (int part = 0; part < rows.parts; part++) {
                if (unit) {
                    add(vectors, weights, rows, part, column, u, offset + column);
                } else {
                    addGraded(vectors, weights, rows, part, column, u, offset + column);
                }
            }
        }
    }

    private static void add(int vectors, float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        switch (vectors) {
            case 3 -> add3(weights, rows, part, column, u, offset);
            case 2 -> add2(weights, rows, part, column, u, offset);
            default -> add1(weights, rows, part, column, u, offset);
        }
    }

    private static void addGraded(
            int vectors, float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        switch (vectors) {
            case 3 -> add3Graded(weights, rows, part, column, u, offset);
            case 2 -> add2Graded(weights, rows, part, column, u, offset);
            default -> add1Graded(weights, rows, part, column, u, offset);
        }
    }

    private static void add4(float[] weights, RowList rows, int column, float[] u, int offset) {
        int[] list = rows.rows;

        int to0 = rows.to[0];
        int shift0 = rows.shift[0] + column;
        int from1 = rows.parts > 1 ? rows.from[1] : 0;
        int to1 = rows.parts > 1 ? rows.to[1] : 0;
        int shift1 = rows.parts > 1 ? rows.shift[1] + column : 0;
        int from2 = rows.parts > 2 ? rows.from[2] : 0;
        int to2 = rows.parts > 2 ? rows.to[2] : 0;
        int shift2 = rows.parts > 2 ? rows.shift[2] + column : 0;
        FloatVector a = load(u, offset);
        FloatVector b = load(u, offset + LANES);
        FloatVector c = load(u, offset + 2 * LANES);
        FloatVector d = load(u, offset + 3 * LANES);
        for (int n = rows.from[0]; n < to0; n++) {
            int row = list[n] + shift0;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
            d = d.add(load(weights, row + 3 * LANES));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
            d = d.add(load(weights, row + 3 * LANES));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
            d = d.add(load(weights, row + 3 * LANES));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
        c.intoArray(u, offset + 2 * LANES);
        d.intoArray(u, offset + 3 * LANES);
    }

    private static void add4Graded(float[] weights, RowList rows, int column, float[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to0 = rows.to[0];
        int shift0 = rows.shift[0] + column;
        int from1 = rows.parts > 1 ? rows.from[1] : 0;
        int to1 = rows.parts > 1 ? rows.to[1] : 0;
        int shift1 = rows.parts > 1 ? rows.shift[1] + column : 0;
        int from2 = rows.parts > 2 ? rows.from[2] : 0;
        int to2 = rows.parts > 2 ? rows.to[2] : 0;
        int shift2 = rows.parts > 2 ? rows.shift[2] + column : 0;
        FloatVector a = load(u, offset);
        FloatVector b = load(u, offset + LANES);
        FloatVector c = load(u, offset + 2 * LANES);
        FloatVector d = load(u, offset + 3 * LANES);
        for (int n = rows.from[0]; n < to0; n++) {
            int row = list[n] + shift0;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
        c.intoArray(u, offset + 2 * LANES);
        d.intoArray(u, offset + 3 * LANES);
    }

    private static void add3(float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        int[] list = rows.rows;

        int to = rows.to[part];
        int shift = rows.shift[part] + column;
        FloatVector a = load(u, offset);
        FloatVector b = load(u, offset + LANES);
        FloatVector c = load(u, offset + 2 * LANES);
        for (int n = rows.from[part]; n < to; n++) {
            int row = list[n] + shift;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
            c = c.add(load(weights, row + 2 * LANES));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
        c.intoArray(u, offset + 2 * LANES);
    }

    private static void add3Graded(float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to = rows.to[part];
        int shift = rows.shift[part] + column;
        FloatVector a = load(u, offset);
        FloatVector b = load(u, offset + LANES);
        FloatVector c = load(u, offset + 2 * LANES);
        for (int n = rows.from[part]; n < to; n++) {
            int row = list[n] + shift;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
        c.intoArray(u, offset + 2 * LANES);
    }

    private static void add2(float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        int[] list = rows.rows;

        int to = rows.to[part];
        int shift = rows.shift[part] + column;
        FloatVector a = load(u, offset);
        FloatVector b = load(u, offset + LANES);
        for (int n = rows.from[part]; n < to; n++) {
            int row = list[n] + shift;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
    }

    private static void add2Graded(float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to = rows.to[part];
        int shift = rows.shift[part] + column;
        FloatVector a = load(u, offset);
        FloatVector b = load(u, offset + LANES);
        for (int n = rows.from[part]; n < to; n++) {
            int row = list[n] + shift;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
    }

    private static void add1(float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        int[] list = rows.rows;

        int to = rows.to[part];
        int shift = rows.shift[part] + column;
        FloatVector a = load(u, offset);
        for (int n = rows.from[part]; n < to; n++) {
            int row = list[n] + shift;
            a = a.add(load(weights, row));
        }
        a.intoArray(u, offset);
    }

    private static void add1Graded(float[] weights, RowList rows, int part, int column, float[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to = rows.to[part];
        int shift = rows.shift[part] + column;
        FloatVector a = load(u, offset);
        for (int n = rows.from[part]; n < to; n++) {
            int row = list[n] + shift;
            FloatVector payload = FloatVector.broadcast(SPECIES, payloads[n]);
            a = a.add(load(weights, row).mul(payload));
        }
        a.intoArray(u, offset);
    }

    /** See {@link Kernel#total}. */
    static float total(float[] values) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector c = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        FloatVector e = FloatVector.zero(SPECIES);
        FloatVector f = FloatVector.zero(SPECIES);
        FloatVector g = FloatVector.zero(SPECIES);
        FloatVector h = FloatVector.zero(SPECIES);
        for (int i = 0; i < values.length; i += 8 * LANES) {
            a = a.add(load(values, i));
            b = b.add(load(values, i + LANES));
            c = c.add(load(values, i + 2 * LANES));
            d = d.add(load(values, i + 3 * LANES));
            e = e.add(load(values, i + 4 * LANES));
            f = f.add(load(values, i + 5 * LANES));
            g = g.add(load(values, i + 6 * LANES));
            h = h.add(load(values, i + 7 * LANES));
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector load(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
