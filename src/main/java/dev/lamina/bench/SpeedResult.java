package dev.lamina.bench;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * What a {@link SpeedBenchmark} found.
 *
 * @param samples the samples of a round
 * @param event the event-driven run, on all threads
 * @param oneThread the event-driven run on one thread
 * @param dense the dense run in PyTorch, on all cores
 * @param denseBatch its batch, the fastest of those tried
 * @param threads the threads of the event-driven run
 * @param meanRate spikes per neuron and time step, over all spiking layers
 * @param synops synaptic operations a sample
 * @param agreement the share of samples that both runs predict alike
 * @param deviation the largest difference of a layer's spike counts, as a share
 * @param allocatedPerTick bytes that the event-driven run allocates a time step, on all threads together
 * @param layers the layers, one after the other on one thread
 * @param scaling how the time grows with the samples, the time steps and the rate; the first is what the others are compared with
 */
public record SpeedResult(
        int samples,
        Timed event,
        Timed oneThread,
        Timed dense,
        int denseBatch,
        int threads,
        double meanRate,
        double synops,
        double agreement,
        double deviation,
        double allocatedPerTick,
        ImmutableList<LayerSpeed> layers,
        ImmutableList<Scaling> scaling) {

    /** Samples a second, event-driven. */
    public double eventRate() {
        return samples / event.median();
    }

    /** Samples a second, densely. */
    public double denseRate() {
        return samples / dense.median();
    }

    /** How many times as fast as the dense run the event-driven one is. */
    public double ratio() {
        return dense.median() / event.median();
    }

    /** How many times as fast as one thread all threads are. */
    public double threadRatio() {
        return oneThread.median() / event.median();
    }
}
