package dev.lamina.sim;

import java.util.Arrays;

/** Spikes of one population over some time steps, one bit each, noted in any order and read time step by time step. */
final class SpikeRaster {

    private final int words;
    private long[] bits = new long[0];
    private int[] counts = new int[0];

    SpikeRaster(int neurons) {
        words = (neurons + 63) >>> 6;
    }

    /** Makes room for {@code ticks} time steps; all that were noted must have been read. */
    void begin(int ticks) {
        if (ticks > counts.length) {
            counts = new int[ticks];
            bits = new long[Math.multiplyExact(ticks, words) + 1];
        }
    }

    /**
     * Notes the spikes of up to 64 neighbours.
     *
     * @param first the index of the neuron of bit 0
     * @param spikes their bits; bits of neurons that do not exist are 0
     */
    void note(int tick, int first, long spikes) {
        counts[tick] += Long.bitCount(spikes);
        int word = tick * words + (first >>> 6);
        bits[word] |= spikes << first;
        // The word beyond the last is there, so that nothing here depends on whether there are spikes: nobody could
        // foresee it.
        bits[word + 1] |= spikes >>> 1 >>> (~first & 63);
    }

    /** Adds the spikes of a time step to the open one of {@code out}, and forgets them. */
    void move(int tick, SpikeBatch out) {
        int count = counts[tick];
        if (count == 0) {
            return;
        }
        int[] indices = out.reserve(count);
        int next = out.count();
        int from = tick * words;
        for (int word = from; word < from + words; word++) {
            for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
                indices[next++] = ((word - from) << 6) + Long.numberOfTrailingZeros(rest);
            }
        }
        Arrays.fill(bits, from, from + words, 0);
        counts[tick] = 0;
        out.advance(next);
    }
}
