package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.util.stream.IntStream;

/**
 * What a spiking network makes of samples, event by event on the simulator's kernels, spread over all cores. For one thread at a
 * time.
 */
final class SpikingEvaluation {

    private static final int BURST = 25;

    private final SpikingModel model;
    private final Dataset dataset;
    private final long seed;
    private final NetworkSimulator[] simulators;

    /**
     * @param most the most samples at a time
     * @param seed of the encoder
     */
    SpikingEvaluation(SpikingModel model, Dataset dataset, long seed, int most) {
        this.model = model;
        this.dataset = dataset;
        this.seed = seed;
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest());
        simulators = IntStream.range(0, Math.min(most, Runtime.getRuntime().availableProcessors()))
                .mapToObj(task -> new NetworkSimulator(network, BURST))
                .toArray(NetworkSimulator[]::new);
    }

    /**
     * The part of some samples that are classified rightly after the model's time steps.
     *
     * @param seed of the encoder
     * @param progress told after each sample, by several threads
     */
    static double accuracy(SpikingModel model, Dataset dataset, int[] samples, long seed, Runnable progress) {
        int right = new SpikingEvaluation(model, dataset, seed, samples.length).right(samples, progress);
        return (double) right / samples.length;
    }

    /** How many samples are classified rightly. */
    int right(int[] samples, Runnable progress) {
        return IntStream.range(0, simulators.length)
                .parallel()
                .map(task -> right(samples, task, progress))
                .sum();
    }

    private int right(int[] samples, int task, Runnable progress) {
        int count = 0;
        for (int i = task; i < samples.length; i += simulators.length) {
            float[] values = model.preprocessing().apply(dataset, samples[i]);
            int predicted = simulators[task]
                    .run(values, seed, samples[i], model.timesteps())
                    .prediction();
            count += predicted == dataset.label(samples[i]) ? 1 : 0;
            progress.run();
        }
        return count;
    }
}
