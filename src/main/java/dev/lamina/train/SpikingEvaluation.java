package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.util.stream.IntStream;

/** What a spiking network makes of samples, event by event on the simulator's kernels, spread over all cores. */
final class SpikingEvaluation {

    private static final int BURST = 25;

    private SpikingEvaluation() {}

    /**
     * The part of some samples that are classified rightly after the model's time steps.
     *
     * @param seed of the encoder
     * @param progress told after each sample, by several threads
     */
    static double accuracy(SpikingModel model, Dataset dataset, int[] samples, long seed, Runnable progress) {
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest());
        int tasks = Math.min(samples.length, Runtime.getRuntime().availableProcessors());
        int right = IntStream.range(0, tasks)
                .parallel()
                .map(task -> {
                    NetworkSimulator simulator = new NetworkSimulator(network, BURST);
                    int count = 0;
                    for (int i = task; i < samples.length; i += tasks) {
                        float[] values = model.preprocessing().apply(dataset, samples[i]);
                        int predicted = simulator
                                .run(values, seed, samples[i], model.timesteps())
                                .prediction();
                        count += predicted == dataset.label(samples[i]) ? 1 : 0;
                        progress.run();
                    }
                    return count;
                })
                .sum();
        return (double) right / samples.length;
    }
}
