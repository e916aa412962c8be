package dev.lamina.data;

/**
 * The random numbers of one thing, in the order they are drawn: the blocks of {@link Philox} whose counter is
 * {@code (index, stream, 0, 0)}, {@code (index, stream, 1, 0)} and so on. Things that differ in stream or index share no
 * block. Only IEEE-exact arithmetic, so the numbers are the same on every machine. For one thread.
 */
final class Draws {

    private static final int WORDS = 4;

    private final long key;
    private final int stream;
    private final int index;
    private final int[] words = new int[WORDS];
    private int drawn;

    Draws(long key, int stream, int index) {
        this.key = key;
        this.stream = stream;
        this.index = index;
    }

    /** Uniform within [0, 1). */
    double uniform() {
        int lane = drawn % WORDS;
        if (lane == 0) {
            Philox.block(key, index, stream, drawn / WORDS, 0, words, 0);
        }
        drawn++;
        return (words[lane] & 0xffffffffL) * 0x1p-32;
    }

    /** Uniform within [low, high). */
    double within(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Bell-shaped within (-3, 3), mean 0, variance 1: the sum of three uniform numbers within [-1, 1). */
    double bell() {
        return 2 * (uniform() + uniform() + uniform()) - 3;
    }

    /** A whole number within [0, bound). */
    int below(int bound) {
        return (int) (uniform() * bound);
    }
}
