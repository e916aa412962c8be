package dev.lamina.activity;

import dev.lamina.sim.SpikeBatch;

/** Counts who fires how often, and after how long again, in one population. For one thread. */
final class PopulationCounter {

    /** Intervals from here on share the last place of the histogram. */
    private static final int LONGEST = 200;

    private final int timesteps;
    private final long[] spikes;
    private final long[] lastStep;
    private final long[] intervals;
    private long firstStep = 1;

    PopulationCounter(int neurons, int timesteps) {
        this.timesteps = timesteps;
        spikes = new long[neurons];
        lastStep = new long[neurons];
        intervals = new long[Math.min(LONGEST, Math.max(1, timesteps - 1))];
    }

    /** Counts all time steps of a sample. */
    void count(SpikeBatch batch, StepCounts counts) {
        int[] indices = batch.indices();
        for (int tick = 0; tick < batch.ticks(); tick++) {
            for (int n = batch.from(tick); n < batch.to(tick); n++) {
                int neuron = indices[n];
                spikes[neuron]++;
                long now = firstStep + tick;
                if (lastStep[neuron] >= firstStep) {
                    intervals[(int) Math.min(intervals.length, now - lastStep[neuron]) - 1]++;
                }
                lastStep[neuron] = now;
            }
            counts.spikes[tick] = (long) batch.to(tick) - batch.from(tick);
        }
        firstStep += timesteps;
    }

    /** The firing rates seen so far. */
    FiringRates rates() {
        long steps = firstStep - 1;
        return FiringRates.of(spikes, steps, intervals.clone());
    }
}
