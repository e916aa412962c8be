package dev.lamina.bench;

import dev.lamina.chip.ChipSettings;
import dev.lamina.data.Dataset;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.train.DenseRun;
import dev.lamina.train.DenseSettings;
import dev.lamina.train.DenseSimulation;
import dev.lamina.train.TensorLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Runs a model on the first samples of a data set, event by event and densely, in turn, in this process.
 *
 * @param model the model
 * @param dataset the samples, all of which are run
 * @param timesteps T
 * @param seed the seed of the encoder's random numbers
 * @param arithmetic the numbers of the event-driven run; the dense one has float32
 * @param chip burst, credit, pipelines and threads of the event-driven run
 * @param rounds rounds that are measured, after one to warm up
 * @param batch the batch of the dense run; if absent, the fastest of some
 */
public record SpeedBenchmark(
        SpikingModel model,
        Dataset dataset,
        int timesteps,
        long seed,
        Arithmetic arithmetic,
        ChipSettings chip,
        int rounds,
        OptionalInt batch) {

    private static final int[] BATCHES = {10, 25, 50, 100, 250};
    /** Samples for the times of single layers: enough, since they are repeated as well. */
    private static final int LAYER_SAMPLES = 20;

    /** How often {@link #run} calls {@code step}. */
    public int steps() {
        return 3 * (rounds + 1) + 4;
    }

    /**
     * Runs it.
     *
     * @param step called after each part of the work
     * @param stop asked between them; if it says so, nothing is found
     */
    public Optional<SpeedResult> run(Runnable step, BooleanSupplier stop) {
        TensorLibrary.useAllCores();
        Kernel kernel = Kernels.fastest();
        NetworkSynapses network = NetworkSynapses.of(model, kernel, arithmetic);
        int denseBatch = batch.orElseGet(this::fastestBatch);
        step.run();
        DenseSimulation dense = new DenseSimulation(model, new DenseSettings(timesteps, seed, denseBatch, false));
        ChipSettings alone = new ChipSettings(chip.burst(), chip.credit(), 1, 1);
        int[] samples = IntStream.range(0, dataset.size()).toArray();
        Inference[] inferences = new Inference[samples.length];
        EventRun.Load load = EventRun.Load.of(model, dataset, samples.length, timesteps, seed);
        List<Double> event = new ArrayList<>();
        List<Double> oneThread = new ArrayList<>();
        List<Double> denseSeconds = new ArrayList<>();
        Optional<DenseRun> denseRun = Optional.empty();
        for (int round = 0; round <= rounds; round++) {
            EventRun all = EventRun.of(network, chip, load.keeping(inferences), round == 0);
            step.run();
            EventRun single = EventRun.of(network, alone, load, round == 0);
            step.run();
            long start = System.nanoTime();
            denseRun = Optional.of(dense.run(dataset, samples));
            double seconds = (System.nanoTime() - start) / 1e9;
            step.run();
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            if (round > 0) {
                event.add(all.seconds());
                oneThread.add(single.seconds());
                denseSeconds.add(seconds);
            }
        }
        float[][] few = new float[Math.min(LAYER_SAMPLES, samples.length)][];
        for (int i = 0; i < few.length; i++) {
            few[i] = model.preprocessing().apply(dataset, i);
        }
        ImmutableList<LayerSpeed> layers =
                new LayerTimes(network, chip.burst()).measure(few, timesteps, seed, rounds, kernel);
        step.run();
        // The buffers of a chip grow to what the samples need; only then is its state steady.
        long allocated = EventRun.of(network, chip, load, true).allocated();
        step.run();
        ImmutableList<Scaling> scaling = Scaling.measure(network, chip, load, rounds);
        step.run();
        return Optional.of(new SpeedResult(
                samples.length,
                Timed.of(event),
                Timed.of(oneThread),
                Timed.of(denseSeconds),
                denseBatch,
                chip.threads(),
                meanRate(inferences),
                total(inferences, inferences[0].layers().size()).synops() / (double) samples.length,
                agreement(inferences, denseRun.orElseThrow()),
                deviation(inferences, denseRun.orElseThrow()),
                allocated / (double) samples.length / timesteps,
                layers,
                scaling));
    }

    /** The batch at which the dense run gets through some samples fastest. */
    private int fastestBatch() {
        int best = BATCHES[0];
        double bestRate = 0;
        for (int size : BATCHES) {
            DenseSettings settings = new DenseSettings(timesteps, seed, size, false);
            int samples = Math.min(dataset.size(), size * settings.threads());
            long start = System.nanoTime();
            DenseRun unused = new DenseSimulation(model, settings)
                    .run(dataset, IntStream.range(0, samples).toArray());
            double rate = samples / (double) (System.nanoTime() - start);
            if (rate > bestRate) {
                best = size;
                bestRate = rate;
            }
        }
        return best;
    }

    private static LayerCounts total(Inference[] inferences, int layers) {
        LayerCounts total = LayerCounts.ZERO;
        for (Inference inference : inferences) {
            for (int layer = 0; layer < layers; layer++) {
                total = total.plus(inference.layers().get(layer));
            }
        }
        return total;
    }

    private double meanRate(Inference[] inferences) {
        LayerCounts spiking = total(inferences, inferences[0].layers().size() - 1);
        return spiking.neuronUpdates() == 0 ? 0 : spiking.spikes() / (double) spiking.neuronUpdates();
    }

    private double agreement(Inference[] inferences, DenseRun dense) {
        long agreeing = IntStream.range(0, inferences.length)
                .filter(i -> inferences[i].prediction() == dense.predictions()[i][timesteps - 1])
                .count();
        return (double) agreeing / inferences.length;
    }

    private static double deviation(Inference[] inferences, DenseRun dense) {
        double deviation = 0;
        for (int layer = 0; layer < dense.spikes().length; layer++) {
            long spikes = 0;
            for (Inference inference : inferences) {
                spikes += inference.layers().get(layer).spikes();
            }
            deviation = Math.max(deviation, Math.abs(spikes - dense.spikes()[layer]) / (double) Math.max(1, spikes));
        }
        return deviation;
    }
}
