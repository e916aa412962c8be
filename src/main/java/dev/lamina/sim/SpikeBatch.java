package dev.lamina.sim;

import java.util.Arrays;

/**
 * The spikes of one population over some consecutive time steps: for each time step, neuron indices in ascending
 * order, each with a payload. Made to be filled again and again: its arrays grow to the largest filling and stay.
 *
 * <p>Not thread-safe; whoever hands it on must not touch it until it comes back.
 */
public final class SpikeBatch {

    private int[] ends = new int[4];
    private int ticks;
    private int[] indices = new int[64];
    /** Empty until the first payload that is not 1. */
    private float[] payloads = new float[0];

    private boolean unit = true;
    private int count;

    /** Empties the batch. */
    public void clear() {
        ticks = 0;
        count = 0;
        unit = true;
    }

    /** The number of time steps that were ended. */
    public int ticks() {
        return ticks;
    }

    /** The number of spikes over all time steps. */
    public int count() {
        return count;
    }

    /** Where the spikes of a time step begin. */
    public int from(int tick) {
        return tick == 0 ? 0 : ends[tick - 1];
    }

    /** Where the spikes of a time step end. */
    public int to(int tick) {
        return ends[tick];
    }

    /** The neuron indices of all spikes; a view that the next filling changes. */
    public int[] indices() {
        return indices;
    }

    /** Whether every payload is 1; {@link #payloads()} says nothing then. */
    public boolean unitPayloads() {
        return unit;
    }

    /** The payloads of all spikes, unless they are all 1; a view that the next filling changes. */
    public float[] payloads() {
        return payloads;
    }

    /** Adds a spike with payload 1 to the open time step; indices must ascend. */
    public void add(int index) {
        reserve(1);
        if (!unit) {
            payloads[count] = 1;
        }
        indices[count++] = index;
    }

    /** Adds an event to the open time step; indices must ascend. */
    public void add(int index, float payload) {
        reserve(1);
        if (payload != 1) {
            grade();
        }
        if (!unit) {
            payloads[count] = payload;
        }
        indices[count++] = index;
    }

    /** Ends the open time step and opens the next. */
    public void endTick() {
        if (ticks == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ticks);
        }
        ends[ticks++] = count;
    }

    /**
     * Makes room for {@code spikes} more of payload 1, for somebody who writes {@link #indices()} directly from
     * {@link #count()} on and then calls {@link #advance}.
     */
    int[] reserve(int spikes) {
        int needed = count + spikes;
        if (needed > indices.length) {
            int grown = Math.max(needed, indices.length + (indices.length >> 1));
            indices = Arrays.copyOf(indices, grown);
            if (!unit) {
                payloads = Arrays.copyOf(payloads, grown);
            }
        }
        return indices;
    }

    /**
     * Makes room for {@code events} more, for somebody who writes {@link #indices()} and {@link #payloads()} directly from
     * {@link #count()} on and then calls {@link #advanceGraded}.
     */
    void reserveGraded(int events) {
        reserve(events);
        grade();
    }

    /** Says that events were written up to {@code newCount}. */
    void advanceGraded(int newCount) {
        assert !unit : "direct writes of payloads are for graded batches";
        count = newCount;
    }

    private void grade() {
        if (unit) {
            unit = false;
            payloads = payloads.length >= indices.length ? payloads : new float[indices.length];
            Arrays.fill(payloads, 0, count, 1);
        }
    }

    /** Says that spikes of payload 1 were written up to {@code newCount}. */
    void advance(int newCount) {
        assert unit : "direct writes are for batches of payload 1";
        count = newCount;
    }

    /** Adds all time steps of {@code other} behind those ended here; none may be open. */
    public void append(SpikeBatch other) {
        int base = count;
        System.arraycopy(other.indices, 0, reserve(other.count), count, other.count);
        if (!other.unit) {
            grade();
        }
        if (!unit) {
            if (other.unit) {
                Arrays.fill(payloads, count, count + other.count, 1);
            } else {
                System.arraycopy(other.payloads, 0, payloads, count, other.count);
            }
        }
        for (int tick = 0; tick < other.ticks; tick++) {
            count = base + other.ends[tick];
            endTick();
        }
    }

    /** Adds the spikes of {@code other}'s time step {@code tick} to the open time step. */
    void addAll(SpikeBatch other, int tick) {
        for (int i = other.from(tick); i < other.to(tick); i++) {
            add(other.indices[i], other.unit ? 1f : other.payloads[i]);
        }
    }
}
