package dev.lamina.sim;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/* As VectorRows, with twice as many numbers in a vector. More than three parts are added three at a time. */
/** Sums of 16-bit weight rows in registers. */
final class VectorFixedRows {

    private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int MAX_PARTS = 3;

    private VectorFixedRows() {}

    static void add(short[] weights, RowList rows, short[] u, int offset, int width) {
        for (int first = 0; first < rows.parts; first += MAX_PARTS) {
            addParts(weights, rows, first, u, offset, width);
        }
    }

    /** Adds up to three parts, from {@code first} on. */
    private static void addParts(short[] weights, RowList rows, int first, short[] u, int offset, int width) {
        boolean unit = rows.isUnit();
        int column = 0;
        for (; column + 4 * LANES <= width; column += 4 * LANES) {
            if (unit) {
                add4(weights, rows, first, column, u, offset + column);
            } else {
                add4Graded(weights, rows, first, column, u, offset + column);
            }
        }
        for (; column + 2 * LANES <= width; column += 2 * LANES) {
            if (unit) {
                add2(weights, rows, first, column, u, offset + column);
            } else {
                add2Graded(weights, rows, first, column, u, offset + column);
            }
        }
        for (; column < width; column += LANES) {
            if (unit) {
                add1(weights, rows, first, column, u, offset + column);
            } else {
                add1Graded(weights, rows, first, column, u, offset + column);
            }
        }
    }

    private static void add4(short[] weights, RowList rows, int first, int column, short[] u, int offset) {
        int[] list = rows.rows;

        int to0 = rows.to[first];
        int shift0 = rows.shift[first] + column;
        int from1 = rows.parts > first + 1 ? rows.from[first + 1] : 0;
        int to1 = rows.parts > first + 1 ? rows.to[first + 1] : 0;
        int shift1 = rows.parts > first + 1 ? rows.shift[first + 1] + column : 0;
        int from2 = rows.parts > first + 2 ? rows.from[first + 2] : 0;
        int to2 = rows.parts > first + 2 ? rows.to[first + 2] : 0;
        int shift2 = rows.parts > first + 2 ? rows.shift[first + 2] + column : 0;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        ShortVector c = load(u, offset + 2 * LANES);
        ShortVector d = load(u, offset + 3 * LANES);
        for (int n = rows.from[first]; n < to0; n++) {
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

    private static void add4Graded(short[] weights, RowList rows, int first, int column, short[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to0 = rows.to[first];
        int shift0 = rows.shift[first] + column;
        int from1 = rows.parts > first + 1 ? rows.from[first + 1] : 0;
        int to1 = rows.parts > first + 1 ? rows.to[first + 1] : 0;
        int shift1 = rows.parts > first + 1 ? rows.shift[first + 1] + column : 0;
        int from2 = rows.parts > first + 2 ? rows.from[first + 2] : 0;
        int to2 = rows.parts > first + 2 ? rows.to[first + 2] : 0;
        int shift2 = rows.parts > first + 2 ? rows.shift[first + 2] + column : 0;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        ShortVector c = load(u, offset + 2 * LANES);
        ShortVector d = load(u, offset + 3 * LANES);
        for (int n = rows.from[first]; n < to0; n++) {
            int row = list[n] + shift0;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
            c = c.add(load(weights, row + 2 * LANES).mul(payload));
            d = d.add(load(weights, row + 3 * LANES).mul(payload));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
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

    private static void add2(short[] weights, RowList rows, int first, int column, short[] u, int offset) {
        int[] list = rows.rows;

        int to0 = rows.to[first];
        int shift0 = rows.shift[first] + column;
        int from1 = rows.parts > first + 1 ? rows.from[first + 1] : 0;
        int to1 = rows.parts > first + 1 ? rows.to[first + 1] : 0;
        int shift1 = rows.parts > first + 1 ? rows.shift[first + 1] + column : 0;
        int from2 = rows.parts > first + 2 ? rows.from[first + 2] : 0;
        int to2 = rows.parts > first + 2 ? rows.to[first + 2] : 0;
        int shift2 = rows.parts > first + 2 ? rows.shift[first + 2] + column : 0;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        for (int n = rows.from[first]; n < to0; n++) {
            int row = list[n] + shift0;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            a = a.add(load(weights, row));
            b = b.add(load(weights, row + LANES));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
    }

    private static void add2Graded(short[] weights, RowList rows, int first, int column, short[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to0 = rows.to[first];
        int shift0 = rows.shift[first] + column;
        int from1 = rows.parts > first + 1 ? rows.from[first + 1] : 0;
        int to1 = rows.parts > first + 1 ? rows.to[first + 1] : 0;
        int shift1 = rows.parts > first + 1 ? rows.shift[first + 1] + column : 0;
        int from2 = rows.parts > first + 2 ? rows.from[first + 2] : 0;
        int to2 = rows.parts > first + 2 ? rows.to[first + 2] : 0;
        int shift2 = rows.parts > first + 2 ? rows.shift[first + 2] + column : 0;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        for (int n = rows.from[first]; n < to0; n++) {
            int row = list[n] + shift0;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
            b = b.add(load(weights, row + LANES).mul(payload));
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
    }

    private static void add1(short[] weights, RowList rows, int first, int column, short[] u, int offset) {
        int[] list = rows.rows;

        int to0 = rows.to[first];
        int shift0 = rows.shift[first] + column;
        int from1 = rows.parts > first + 1 ? rows.from[first + 1] : 0;
        int to1 = rows.parts > first + 1 ? rows.to[first + 1] : 0;
        int shift1 = rows.parts > first + 1 ? rows.shift[first + 1] + column : 0;
        int from2 = rows.parts > first + 2 ? rows.from[first + 2] : 0;
        int to2 = rows.parts > first + 2 ? rows.to[first + 2] : 0;
        int shift2 = rows.parts > first + 2 ? rows.shift[first + 2] + column : 0;
        ShortVector a = load(u, offset);
        for (int n = rows.from[first]; n < to0; n++) {
            int row = list[n] + shift0;
            a = a.add(load(weights, row));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            a = a.add(load(weights, row));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            a = a.add(load(weights, row));
        }
        a.intoArray(u, offset);
    }

    private static void add1Graded(short[] weights, RowList rows, int first, int column, short[] u, int offset) {
        int[] list = rows.rows;
        float[] payloads = rows.payloads;
        int to0 = rows.to[first];
        int shift0 = rows.shift[first] + column;
        int from1 = rows.parts > first + 1 ? rows.from[first + 1] : 0;
        int to1 = rows.parts > first + 1 ? rows.to[first + 1] : 0;
        int shift1 = rows.parts > first + 1 ? rows.shift[first + 1] + column : 0;
        int from2 = rows.parts > first + 2 ? rows.from[first + 2] : 0;
        int to2 = rows.parts > first + 2 ? rows.to[first + 2] : 0;
        int shift2 = rows.parts > first + 2 ? rows.shift[first + 2] + column : 0;
        ShortVector a = load(u, offset);
        for (int n = rows.from[first]; n < to0; n++) {
            int row = list[n] + shift0;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
        }
        for (int n = from1; n < to1; n++) {
            int row = list[n] + shift1;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
        }
        for (int n = from2; n < to2; n++) {
            int row = list[n] + shift2;
            ShortVector payload = ShortVector.broadcast(SPECIES, (short) payloads[n]);
            a = a.add(load(weights, row).mul(payload));
        }
        a.intoArray(u, offset);
    }

    private static ShortVector load(short[] array, int offset) {
        return ShortVector.fromArray(SPECIES, array, offset);
    }
}
