package dev.lamina.activity;

import java.util.Arrays;

/** What one layer did in each time step; of a sample, or summed over samples. For one thread. */
final class StepCounts {

    private final int neurons;
    final long[] events;
    final long[] synops;
    final long[] touched;
    final long[] spikes;

    StepCounts(int neurons, int timesteps) {
        this.neurons = neurons;
        events = new long[timesteps];
        synops = new long[timesteps];
        touched = new long[timesteps];
        spikes = new long[timesteps];
    }

    void add(StepCounts other) {
        add(events, other.events);
        add(synops, other.synops);
        add(touched, other.touched);
        add(spikes, other.spikes);
    }

    private static void add(long[] to, long[] from) {
        Arrays.setAll(to, i -> to[i] + from[i]);
    }

    /** By time step, what was done up to its end, if these counts are of {@code samples} samples. */
    OperationCounts[] cumulative(int samples) {
        OperationCounts[] cumulative = new OperationCounts[events.length];
        OperationCounts sum = OperationCounts.ZERO;
        for (int tick = 0; tick < cumulative.length; tick++) {
            sum = sum.plus(new OperationCounts(
                    events[tick], synops[tick], (long) neurons * samples, touched[tick], spikes[tick]));
            cumulative[tick] = sum;
        }
        return cumulative;
    }
}
