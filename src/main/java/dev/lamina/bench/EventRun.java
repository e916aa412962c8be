package dev.lamina.bench;

import com.sun.management.ThreadMXBean;
import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.ModelVersion;
import dev.lamina.chip.RunOrder;
import dev.lamina.data.Dataset;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.NetworkSynapses;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * An event-driven run whose time was taken.
 *
 * @param seconds how long it took
 * @param allocated bytes that all threads allocated meanwhile
 */
record EventRun(double seconds, long allocated) {

    /** How often a model is swapped where models are swapped. */
    static final int SWAP_MILLIS = 20;

    /**
     * What is run.
     *
     * @param samples how many samples, from the first
     * @param source the values of a sample
     * @param timesteps T
     * @param seed the seed
     * @param results takes what each sample gave
     */
    record Load(int samples, IntFunction<float[]> source, int timesteps, long seed, Consumer<Inference> results) {

        /** The first samples of a data set. */
        static Load of(SpikingModel model, Dataset dataset, int samples, int timesteps, long seed) {
            return new Load(
                    samples, sample -> model.preprocessing().apply(dataset, sample), timesteps, seed, inference -> {});
        }

        /** The same, its results kept by sample. */
        Load keeping(Inference[] inferences) {
            return new Load(samples, source, timesteps, seed, inference -> inferences[inference.sample()] = inference);
        }

        private RunOrder order(int first) {
            return new RunOrder(
                    IntStream.range(0, Math.min(samples, first)).toArray(),
                    source,
                    timesteps,
                    seed,
                    answer -> results.accept(answer.inference()));
        }
    }

    /** Runs it on a chip of its own, after all of it on the same chip to warm up if that is wanted, else a few samples. */
    static EventRun of(NetworkSynapses network, ChipSettings settings, Load load, boolean warmUp) {
        return of(network, settings, load, warmUp, chip -> {});
    }

    /** Runs it while a new version of the model takes the place of the last every {@value #SWAP_MILLIS} milliseconds. */
    static EventRun swapping(NetworkSynapses network, ChipSettings settings, Load load) {
        ScheduledExecutorService swapper = Executors.newSingleThreadScheduledExecutor();
        try {
            return of(network, settings, load, false, chip -> {
                ScheduledFuture<?> unused = swapper.scheduleAtFixedRate(
                        () -> chip.swap(new ModelVersion(chip.model().number() + 1, "", network)),
                        0,
                        SWAP_MILLIS,
                        TimeUnit.MILLISECONDS);
            });
        } finally {
            swapper.shutdownNow();
        }
    }

    private static EventRun of(
            NetworkSynapses network, ChipSettings settings, Load load, boolean warmUp, Consumer<Chip> begun) {
        RunOrder order = load.order(load.samples);
        // Buffers grow to their size in the first samples.
        RunOrder before = warmUp ? order : load.order(2 * settings.pipelines() * settings.credit());
        try (Chip running = Chip.start(network, settings)) {
            running.start(before).join();
            begun.accept(running);
            long allocated = allocatedSoFar();
            long start = System.nanoTime();
            running.start(order).join();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new EventRun(seconds, allocatedSoFar() - allocated);
        }
    }

    /** Bytes that the threads which live now have allocated. */
    private static long allocatedSoFar() {
        long sum = 0;
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
            for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                sum += Math.max(0, bytes);
            }
        }
        return sum;
    }
}
