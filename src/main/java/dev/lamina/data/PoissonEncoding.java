package dev.lamina.data;

/*
 * Input i has an event at time step t if the unsigned 32-bit random word
 *
 *     word (t mod 4) of Philox(key = seed, counter = (i, t div 4, sample, 0))
 *
 * is below |x|·2^32. One block thus serves an input for four time steps, and only inputs that can fire at all cost
 * anything: a black pixel of MNIST draws no number.
 */
/** Rate coding: an event where a uniform random number is below |x|. */
final class PoissonEncoding implements Encoding {

    private static final int TICKS_PER_BLOCK = 4;

    private final boolean signed;
    private final int size;
    private final int[] active;
    private final long[] limits;
    private final float[] signs;
    /** Blocks of the time steps of {@code group}, four words for each active input. */
    private final int[] words;

    private int count;
    private boolean unit;
    private long seed;
    private int sample;
    private int group;

    PoissonEncoding(int size, boolean signed) {
        this.signed = signed;
        this.size = size;
        active = new int[size];
        limits = new long[size];
        signs = new float[size];
        words = new int[size * TICKS_PER_BLOCK];
    }

    @Override
    public void begin(float[] values, long seed, int sample) {
        this.seed = seed;
        this.sample = sample;
        group = -1;
        count = 0;
        unit = true;
        for (int i = 0; i < size; i++) {
            float x = values[i];
            long limit = (long) Math.ceil(Math.abs((double) x) * 0x1p32);
            if (limit > 0 && (signed || x > 0)) {
                active[count] = i;
                limits[count] = limit;
                signs[count] = Math.signum(x);
                unit &= x > 0;
                count++;
            }
        }
    }

    @Override
    public int encode(int tick, int[] indices, float[] payloads) {
        if (tick / TICKS_PER_BLOCK != group) {
            group = tick / TICKS_PER_BLOCK;
            for (int i = 0; i < count; i++) {
                Philox.block(seed, active[i], group, sample, 0, words, i * TICKS_PER_BLOCK);
            }
        }
        int lane = tick % TICKS_PER_BLOCK;
        int events = 0;
        for (int i = 0; i < count; i++) {
            // Branch-free: whether an input fires is as unpredictable as can be.
            indices[events] = active[i];
            payloads[events] = signs[i];
            long word = words[i * TICKS_PER_BLOCK + lane] & 0xffffffffL;
            events += (int) ((word - limits[i]) >>> 63);
        }
        return events;
    }

    @Override
    public boolean unitPayloads() {
        return unit;
    }
}
