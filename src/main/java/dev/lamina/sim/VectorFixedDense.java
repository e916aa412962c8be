package dev.lamina.sim;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/* As VectorDense, with twice as many numbers in a vector. */
/** Sums of all 16-bit weight rows under a kernel, in registers. */
final class VectorFixedDense {

    private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorFixedDense() {}

    static void add(short[] weights, DenseWindow window, short[] u, int offset, int width) {
        int y = 0;
        for (; y + 3 <= window.rows; y += 3) {
            int column = 0;
            for (; column + 4 * LANES <= width; column += 4 * LANES) {
                add4Of3(weights, window, y, column, u, offset + column, width);
            }
            for (; column + 2 * LANES <= width; column += 2 * LANES) {
                add2Of3(weights, window, y, column, u, offset + column, width);
            }
            for (; column < width; column += LANES) {
                for (int i = y; i < y + 3; i++) {
                    add1(weights, window, i, column, u, offset + column, width);
                }
            }
        }
        for (; y < window.rows; y++) {
            int column = 0;
            for (; column + 4 * LANES <= width; column += 4 * LANES) {
                add4(weights, window, y, column, u, offset + column, width);
            }
            for (; column < width; column += LANES) {
                add1(weights, window, y, column, u, offset + column, width);
            }
        }
    }

    /** Three rows of the window at once. */
    private static void add4Of3(
            short[] weights, DenseWindow window, int y, int column, short[] u, int offset, int width) {
        short[] values = window.shorts;
        int from = window.at + y * window.pitch;
        int length = window.length;
        int row = window.weights + y * length * width + column;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        ShortVector c = load(u, offset + 2 * LANES);
        ShortVector d = load(u, offset + 3 * LANES);
        for (int i = from; i < from + length; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            c = c.add(load(weights, row + 2 * LANES).mul(value));
            d = d.add(load(weights, row + 3 * LANES).mul(value));
            row += width;
        }
        from += window.pitch;
        for (int i = from; i < from + length; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            c = c.add(load(weights, row + 2 * LANES).mul(value));
            d = d.add(load(weights, row + 3 * LANES).mul(value));
            row += width;
        }
        from += window.pitch;
        for (int i = from; i < from + length; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            c = c.add(load(weights, row + 2 * LANES).mul(value));
            d = d.add(load(weights, row + 3 * LANES).mul(value));
            row += width;
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
        c.intoArray(u, offset + 2 * LANES);
        d.intoArray(u, offset + 3 * LANES);
    }

    /** Three rows of the window at once. */
    private static void add2Of3(
            short[] weights, DenseWindow window, int y, int column, short[] u, int offset, int width) {
        short[] values = window.shorts;
        int from = window.at + y * window.pitch;
        int length = window.length;
        int row = window.weights + y * length * width + column;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        for (int i = from; i < from + length; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            row += width;
        }
        from += window.pitch;
        for (int i = from; i < from + length; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            row += width;
        }
        from += window.pitch;
        for (int i = from; i < from + length; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            row += width;
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
    }

    private static void add4(short[] weights, DenseWindow window, int y, int column, short[] u, int offset, int width) {
        short[] values = window.shorts;
        int from = window.at + y * window.pitch;
        int to = from + window.length;
        int row = window.weights + y * window.length * width + column;
        ShortVector a = load(u, offset);
        ShortVector b = load(u, offset + LANES);
        ShortVector c = load(u, offset + 2 * LANES);
        ShortVector d = load(u, offset + 3 * LANES);
        for (int i = from; i < to; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            b = b.add(load(weights, row + LANES).mul(value));
            c = c.add(load(weights, row + 2 * LANES).mul(value));
            d = d.add(load(weights, row + 3 * LANES).mul(value));
            row += width;
        }
        a.intoArray(u, offset);
        b.intoArray(u, offset + LANES);
        c.intoArray(u, offset + 2 * LANES);
        d.intoArray(u, offset + 3 * LANES);
    }

    private static void add1(short[] weights, DenseWindow window, int y, int column, short[] u, int offset, int width) {
        short[] values = window.shorts;
        int from = window.at + y * window.pitch;
        int to = from + window.length;
        int row = window.weights + y * window.length * width + column;
        ShortVector a = load(u, offset);
        for (int i = from; i < to; i++) {
            ShortVector value = ShortVector.broadcast(SPECIES, values[i]);
            a = a.add(load(weights, row).mul(value));
            row += width;
        }
        a.intoArray(u, offset);
    }

    private static ShortVector load(short[] array, int offset) {
        return ShortVector.fromArray(SPECIES, array, offset);
    }
}
