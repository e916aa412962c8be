package dev.lamina.train;

import dev.lamina.sim.SpikeBatch;
import java.util.Arrays;

/**
 * The spikes of one population over the T time steps of one sample, one bit for each neuron and time step. For one
 * thread at a time.
 */
final class SpikeRecord {

    private final int neurons;
    private final int timesteps;
    /** Words of 64 time steps for a neuron. */
    private final int words;

    private final long[] bits;

    SpikeRecord(int neurons, int timesteps) {
        this.neurons = neurons;
        this.timesteps = timesteps;
        words = (timesteps + Long.SIZE - 1) >>> 6;
        bits = new long[Math.multiplyExact(neurons, words)];
    }

    int neurons() {
        return neurons;
    }

    int timesteps() {
        return timesteps;
    }

    /** Replaces what was recorded by the spikes of all time steps. */
    void record(SpikeBatch spikes) {
        Arrays.fill(bits, 0);
        int[] indices = spikes.indices();
        for (int tick = 0; tick < spikes.ticks(); tick++) {
            int word = tick >>> 6;
            long bit = 1L << tick;
            for (int n = spikes.from(tick); n < spikes.to(tick); n++) {
                bits[indices[n] * words + word] |= bit;
            }
        }
    }

    /** Whether a neuron fired at a time step. */
    boolean fired(int neuron, int tick) {
        return (bits[neuron * words + (tick >>> 6)] >>> tick & 1) != 0;
    }

    /** The number of all spikes. */
    long count() {
        long count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** The number of a neuron's spikes. */
    int count(int neuron) {
        int count = 0;
        for (int word = neuron * words; word < (neuron + 1) * words; word++) {
            count += Long.bitCount(bits[word]);
        }
        return count;
    }

    /**
     * Lists a neuron's spikes.
     *
     * @param base what is added to each time step
     * @param into receives them in ascending order, from {@code at} on
     * @return their number
     */
    int list(int neuron, int base, int[] into, int at) {
        int next = at;
        for (int word = 0; word < words; word++) {
            int first = base + (word << 6);
            for (long left = bits[neuron * words + word]; left != 0; left &= left - 1) {
                into[next++] = first + Long.numberOfTrailingZeros(left);
            }
        }
        return next - at;
    }

    /** The last time step before {@code tick} at which a neuron fired; −1 if there is none. */
    int previous(int neuron, int tick) {
        int word = tick >>> 6;
        int base = neuron * words;
        // A tick at a multiple of 64 may lie behind the last word.
        long before = word == words ? 0 : bits[base + word] & ~(-1L << tick);
        while (before == 0) {
            if (--word < 0) {
                return -1;
            }
            before = bits[base + word];
        }
        return (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(before);
    }

    /** The first time step from {@code tick} on at which a neuron fired; {@link #timesteps} if there is none. */
    int next(int neuron, int tick) {
        int word = tick >>> 6;
        int base = neuron * words;
        long after = word == words ? 0 : bits[base + word] & -1L << tick;
        while (after == 0) {
            if (++word >= words) {
                return timesteps;
            }
            after = bits[base + word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(after);
    }
}
