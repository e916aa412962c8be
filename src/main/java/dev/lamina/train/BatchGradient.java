package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.list.ImmutableList;

/*
 * The forward pass is the simulator's, event by event; it leaves one bit for each neuron and time step. The way back is
 * in BackwardPass. A batch is taken some samples at a time, so many that the way back fits its area; the gradient is the
 * same.
 */
/**
 * The gradient of a spiking network's loss over a batch, by backpropagation through time with a surrogate. Reusable.
 * Belongs to the pointer scope in which it was made, and to one thread; it spreads its work over all cores.
 */
@SuppressWarnings("try") // A scope acts by being open.
final class BatchGradient {

    /** The floats of the way back, and of recorded potentials, that are held at a time. */
    private static final long AREA = 1L << 24;

    private final FineTuningRecipe recipe;
    private final ImmutableList<DropoutMask> dropout;
    private final boolean watched;
    private final ImageBatch batch;
    private final SampleRecord[] records;
    private final Gradients sums;
    private final BackwardPass back;

    /**
     * What a batch came to.
     *
     * @param score the loss and the rightly classified
     * @param spikes the spikes of each spiking layer
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Outcome(Learner.Score score, long[] spikes) {}

    /**
     * @param model the network; its weights and thresholds are not looked at
     * @param weights tensors of the weights' dimensions
     * @param part the most samples of a batch at a time; memory may allow fewer
     */
    BatchGradient(
            SpikingModel model, FineTuningRecipe recipe, Dataset dataset, ImmutableList<Tensor> weights, int part) {
        Network network = model.network();
        checkFits(network, model.neuron(), recipe);
        this.recipe = recipe;
        dropout = DropoutMask.of(network);
        watched = recursion(model.neuron(), recipe).needsPotentials();
        batch = new ImageBatch(dataset, model.preprocessing(), recipe.training().batch());
        records = new SampleRecord
                [Math.min(recipe.training().batch(), Math.min(part, samplesInArea(network, recipe, watched)))];
        Arrays.setAll(records, i -> new SampleRecord(network, recipe.timesteps(), watched));
        sums = new Gradients(weights, network.projections(), dropout, recipe.timesteps());
        back = new BackwardPass(
                network,
                dropout,
                recipe.timesteps(),
                records.length,
                recipe.training().precision(),
                BackwardPass.EVENTS_BELOW);
    }

    /**
     * Says so if the network can not be trained, or what a single sample leaves for the way back is too large, before hours of work.
     *
     * @throws InputException if there is dropout behind a pool whose windows overlap, or a layer's neurons times time steps leave the
     *     ints, or all of them Java's heap
     */
    static void checkFits(Network network, NeuronModel neuron, FineTuningRecipe recipe) {
        ImmutableList<DropoutMask> unused = DropoutMask.of(network);
        boolean watched = recursion(neuron, recipe).needsPotentials();
        ImmutableList<Projection> projections = network.projections();
        long longest = Integer.MAX_VALUE / Math.max(1, BackwardPass.largest(projections));
        // A bit for each neuron and time step, and a float if its potential is kept.
        double bytes = projections.sumOfInt(projection -> projection.target().size())
                * (watched ? Float.BYTES + 0.125 : 0.125);
        longest = Math.min(longest, (long) (0.5 * Runtime.getRuntime().maxMemory() / bytes));
        if (recipe.timesteps() > longest) {
            throw InputException.configuration(
                    "T = " + recipe.timesteps() + " is too large for a network of this size",
                    recipe.training().label(),
                    "give at most " + longest + " time steps, or Java more memory");
        }
    }

    /** How many samples the area has room for. */
    private static int samplesInArea(Network network, FineTuningRecipe recipe, boolean watched) {
        ImmutableList<Projection> projections = network.projections();
        long floats = BackwardPass.largest(projections);
        if (watched) {
            floats = Math.max(
                    floats,
                    projections.sumOfInt(projection -> projection.target().size()));
        }
        return (int) Math.max(1, AREA / Math.max(1, floats * recipe.timesteps()));
    }

    /**
     * Sets the sums to the gradient over a batch.
     *
     * @param model the network with its weights and thresholds
     * @param weights the same weights as tensors
     * @param samples indices of the data set
     * @param step the number of the training step, on which augmentation, input events and dropout depend
     * @param pulse told before each part of the batch; it may throw, and the sums are then of no use
     */
    Outcome run(SpikingModel model, ImmutableList<Tensor> weights, int[] samples, int step, Runnable pulse) {
        fill(samples, step);
        sums.clear();
        double loss = 0;
        int right = 0;
        long[] spikes = new long[model.network().projections().size() - 1];
        try (PointerScope scope = new PointerScope()) {
            NetworkSynapses synapses = NetworkSynapses.of(model, Kernels.fastest());
            ImmutableList<Tensor> rounded =
                    weights.collect(w -> recipe.training().precision().cast(w.detach()));
            for (int from = 0; from < samples.length; from += records.length) {
                pulse.run();
                int to = Math.min(samples.length, from + records.length);
                List<SampleRecord> made = Arrays.asList(records).subList(0, to - from);
                float[][] readouts = forward(synapses, samples, from, made, step);
                int first = from;
                CrossEntropy part = CrossEntropy.of(
                        readouts,
                        i -> batch.label(first + i),
                        recipe.logitScale(),
                        recipe.training().labelSmoothing(),
                        samples.length);
                loss += part.sum();
                right += part.right();
                back.run(recursion(model.neuron(), recipe), model.populations(), rounded, made, part.gradient(), sums);
                count(made, spikes);
            }
        }
        return new Outcome(new Learner.Score(loss, right), spikes);
    }

    /** Runs the samples of a part of the batch, from {@code from} on, one for each record that is to be made. */
    private float[][] forward(NetworkSynapses synapses, int[] samples, int from, List<SampleRecord> into, int step) {
        long seed = recipe.training().seed();
        long encoderSeed = RandomStream.ENCODER.seed(seed, step);
        long dropoutSeed = RandomStream.DROPOUT.seed(seed, step);
        float[][] readouts = new float[into.size()][];
        int tasks = Math.min(into.size(), Runtime.getRuntime().availableProcessors());
        IntStream.range(0, tasks).parallel().forEach(task -> {
            SpikingPass pass = new SpikingPass(synapses, dropout, recipe.timesteps(), watched);
            for (int i = task; i < into.size(); i += tasks) {
                SampleRecord record = into.get(i);
                record.draw(dropout, dropoutSeed, from + i);
                readouts[i] = pass.run(batch.inNeuronOrder(from + i), encoderSeed, samples[from + i], record);
            }
        });
        return readouts;
    }

    /** Runs a whole batch forward only, and leaves a record of each sample. */
    List<SampleRecord> records(SpikingModel model, int[] samples, int step) {
        List<SampleRecord> made = IntStream.range(0, samples.length)
                .mapToObj(i -> new SampleRecord(model.network(), recipe.timesteps(), watched))
                .toList();
        fill(samples, step);
        forward(NetworkSynapses.of(model, Kernels.fastest()), samples, 0, made, step);
        return made;
    }

    private void fill(int[] samples, int step) {
        TrainingRecipe training = recipe.training();
        batch.fill(
                samples,
                0,
                samples.length,
                training.augmentation(),
                RandomStream.AUGMENTATION.random(training.seed(), step));
    }

    private static void count(List<SampleRecord> records, long[] spikes) {
        for (int layer = 0; layer < spikes.length; layer++) {
            for (SampleRecord record : records) {
                spikes[layer] += record.spikes(layer).count();
            }
        }
    }

    private static TimeRecursion recursion(NeuronModel neuron, FineTuningRecipe recipe) {
        return new TimeRecursion(
                recipe.surrogate(), neuron, recipe.timesteps(), recipe.learnsThresholds(), recipe.learnsLeak());
    }

    /** The gradient over the last batch. */
    Gradients sums() {
        return sums;
    }

    /** The classes of the last batch. */
    Tensor labels(int count) {
        return batch.labels(count);
    }
}
