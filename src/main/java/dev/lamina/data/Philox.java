package dev.lamina.data;

/**
 * The counter-based random generator Philox4x32-10 [1]: 128 random bits as a pure function of a 64-bit key and a
 * 128-bit counter. There is no state, hence nothing to seed, share, skip or synchronise.
 *
 * <p>[1] J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
public final class Philox {

    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /**
     * One block of four random words.
     *
     * @param key the key: the seed of a run
     * @param c0 the counter's first word
     * @param c1 the counter's second word
     * @param c2 the counter's third word
     * @param c3 the counter's fourth word
     * @param out receives four words from {@code offset} on
     */
    public static void block(long key, int c0, int c1, int c2, int c3, int[] out, int offset) {
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & 0xffffffffL) * (c0 & 0xffffffffL);
            long product1 = (MULTIPLIER_1 & 0xffffffffL) * (c2 & 0xffffffffL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[offset] = c0;
        out[offset + 1] = c1;
        out[offset + 2] = c2;
        out[offset + 3] = c3;
    }
}
