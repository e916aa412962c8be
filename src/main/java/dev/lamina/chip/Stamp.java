package dev.lamina.chip;

/**
 * What every batch of time steps is stamped with.
 *
 * @param pass the sample's pass through a pipeline: each time that a sample is begun has a number of its own, greater than all before
 * @param sample the sample
 * @param model the version of the model that computes it, all of its time steps
 * @param pipeline the pipeline that it runs in
 * @param attempt how often that pipeline was built anew; a message of an older one is void
 * @param firstTick the first time step of the batch
 * @param ticks the time steps of the batch
 * @param timesteps T, the time steps of the sample
 * @param slot which of a stage's reusable spike batches is its turn
 */
record Stamp(
        long pass,
        int sample,
        ModelVersion model,
        int pipeline,
        int attempt,
        int firstTick,
        int ticks,
        int timesteps,
        int slot) {

    /** Whether the sample ends with this batch. */
    boolean last() {
        return firstTick + ticks == timesteps;
    }
}
