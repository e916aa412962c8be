package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;
import org.eclipse.collections.api.list.primitive.MutableDoubleList;

/*
 * The paper's Algorithm 2. The forward pass is the simulator's, event by event; it leaves one bit for each neuron and
 * time step. The way back is dense (BackwardPass). A batch is taken some samples at a time, so many that the way back
 * fits its area; the gradient is the same.
 */
/**
 * The training of a spiking network by backpropagation through time with a surrogate gradient (spike-timing-dependent
 * backpropagation, STDB): of a converted one to make it accurate in fewer time steps, or from scratch.
 *
 * <p>It keeps the epoch that classifies most validation samples rightly, the later on ties. A training that was
 * interrupted and resumed ends, on the same machine and with the same number of threads, with the same bits as one that
 * was not.
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
public final class FineTuner implements Learner {

    /** The floats of the way back, and of recorded potentials, that are held at a time. */
    private static final long AREA = 1L << 27;

    /** A layer without a spike over so many batches has fallen silent for good: nothing would reach those before it. */
    private static final int SILENT_BATCHES = 20;

    private static final double MAX_RATE = 0.95;

    private final SpikingModel start;
    private final FineTuningRecipe recipe;
    private final Dataset dataset;
    private final TrainingState state;
    private final ImmutableList<DropoutMask> dropout;
    private final boolean watched;
    private final ImageBatch batch;
    private final SampleRecord[] records;
    private final Gradients gradients;
    private final BackwardPass back;
    private final int[] silentBatches;

    private FineTuner(SpikingModel start, FineTuningRecipe recipe, Dataset dataset, TrainingState state, int part) {
        this.start = start;
        this.recipe = recipe;
        this.dataset = dataset;
        this.state = state;
        dropout = DropoutMask.of(start.network());
        watched = recursion(start.neuron()).needsPotentials();
        batch = new ImageBatch(dataset, start.preprocessing(), recipe.training().batch());
        records = new SampleRecord
                [Math.min(recipe.training().batch(), Math.min(part, samplesInArea(start.network(), recipe, watched)))];
        Arrays.setAll(records, i -> new SampleRecord(start.network(), recipe.timesteps(), watched));
        gradients = new Gradients(state.weights.all(), start.network().projections(), dropout, recipe.timesteps());
        back = new BackwardPass(
                start.network(),
                dropout,
                recipe.timesteps(),
                records.length,
                recipe.training().precision(),
                BackwardPass.EVENTS_BELOW);
        silentBatches = new int[start.network().projections().size() - 1];
    }

    /**
     * Trains a spiking network.
     *
     * @param model where to start
     * @param recipe how to train
     * @param trainSet the training set; the validation samples are taken from it
     * @param checkpointing where and how often to keep the training, and whether to go on from there
     * @param listener hears of the progress
     * @param stop asked before each batch whether to end; a thread interrupt ends it as well, and is thereby answered
     * @return the best epoch's model, made for the recipe's time steps
     * @throws InputException if the images do not fit, too few are left to train on, the checkpoint is not usable, the
     *     disk refuses, the training diverges, or a layer falls silent or fires without end
     */
    public static FineTuningResult train(
            SpikingModel model,
            FineTuningRecipe recipe,
            Dataset trainSet,
            Checkpointing checkpointing,
            TrainingListener listener,
            BooleanSupplier stop) {
        return train(model, recipe, trainSet, checkpointing, listener, stop, Integer.MAX_VALUE);
    }

    /**
     * The same, for tests.
     *
     * @param part the most samples of a batch at a time; memory may allow fewer
     */
    static FineTuningResult train(
            SpikingModel model,
            FineTuningRecipe recipe,
            Dataset trainSet,
            Checkpointing checkpointing,
            TrainingListener listener,
            BooleanSupplier stop,
            int part) {
        AnnEvaluation.check(model.network(), trainSet, model.preprocessing());
        SpikingModel start = model.withTimesteps(recipe.timesteps());
        try (PointerScope scope = new PointerScope()) {
            TrainingState state = new TrainingState(
                    WeightTensors.of(start.network(), start.weights()),
                    NeuronParameters.of(start, recipe),
                    start.network().projections().size() - 1,
                    recipe.training().descent());
            FineTuner tuner = new FineTuner(start, recipe, trainSet, state, part);
            boolean completed = new TrainingLoop(
                            recipe.training(),
                            trainSet,
                            state,
                            fingerprint(start, recipe, trainSet),
                            checkpointing,
                            listener,
                            stop)
                    .run(tuner);
            return new FineTuningResult(tuner.best(), state.bestAccuracy, state.epochs, !completed);
        }
    }

    @Override
    public Score learn(int[] samples, int step) {
        TrainingRecipe training = recipe.training();
        SpikingModel model;
        try {
            model = model(state.weights.toWeights(), state.neurons);
        } catch (IllegalArgumentException notFinite) {
            return new Score(Double.NaN, 0);
        }
        batch.fill(
                samples,
                0,
                samples.length,
                training.augmentation(),
                RandomStream.AUGMENTATION.random(training.seed(), step));
        gradients.clear();
        double loss = 0;
        int right = 0;
        long[] spikes = new long[silentBatches.length];
        try (PointerScope scope = new PointerScope()) {
            NetworkSynapses synapses = NetworkSynapses.of(model, Kernels.fastest());
            ImmutableList<Tensor> weights =
                    state.weights.all().collect(w -> training.precision().cast(w.detach()));
            for (int from = 0; from < samples.length; from += records.length) {
                int to = Math.min(samples.length, from + records.length);
                List<SampleRecord> made = Arrays.asList(records).subList(0, to - from);
                float[][] readouts = forward(synapses, samples, from, to, step);
                int first = from;
                CrossEntropy part =
                        CrossEntropy.of(readouts, i -> batch.label(first + i), logitScale(), samples.length);
                loss += part.sum();
                right += part.right();
                back.run(recursion(model.neuron()), model.populations(), weights, made, part.gradient(), gradients);
                count(made, spikes);
            }
        }
        for (int layer = 0; layer < spikes.length; layer++) {
            state.spikes[layer] += spikes[layer];
        }
        if (Double.isFinite(loss)) {
            watchOver(spikes, samples.length);
        }
        handOver();
        return new Score(loss, right);
    }

    /** Runs the samples of a part of the batch and leaves their records. */
    private float[][] forward(NetworkSynapses synapses, int[] samples, int from, int to, int step) {
        long seed = recipe.training().seed();
        long encoderSeed = RandomStream.ENCODER.seed(seed, step);
        long dropoutSeed = RandomStream.DROPOUT.seed(seed, step);
        float[][] readouts = new float[to - from][];
        int tasks = Math.min(to - from, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, tasks).parallel().forEach(task -> {
            SpikingPass pass = new SpikingPass(synapses, dropout, recipe.timesteps(), watched);
            for (int i = task; i < to - from; i += tasks) {
                records[i].draw(dropout, dropoutSeed, from + i);
                readouts[i] = pass.run(batch.inNeuronOrder(from + i), encoderSeed, samples[from + i], records[i]);
            }
        });
        return readouts;
    }

    private double logitScale() {
        return recipe.logits() == FineTuningRecipe.Logits.MEAN ? 1.0 / recipe.timesteps() : 1;
    }

    /** Gives the gradients to the optimiser's parameters. */
    private void handOver() {
        for (int i = 0; i < state.weights.all().size(); i++) {
            state.weights.get(i).mutable_grad().put(gradients.weights(i));
        }
        if (state.neurons.numel() > 0) {
            try (PointerScope scope = new PointerScope()) {
                state.neurons.mutable_grad().put(Tensor.create(NeuronParameters.gradient(gradients, recipe)));
            }
        }
    }

    private static void count(List<SampleRecord> records, long[] spikes) {
        for (int layer = 0; layer < spikes.length; layer++) {
            for (SampleRecord record : records) {
                spikes[layer] += record.spikes(layer).count();
            }
        }
    }

    private void watchOver(long[] spikes, int samples) {
        for (int layer = 0; layer < spikes.length; layer++) {
            Projection projection = start.network().projections().get(layer);
            silentBatches[layer] = spikes[layer] == 0 ? silentBatches[layer] + 1 : 0;
            double rate = rate(layer, spikes[layer], samples);
            if (silentBatches[layer] == SILENT_BATCHES) {
                throw InputException.file(
                        "a layer has fallen silent: no spike in the last " + SILENT_BATCHES + " batches",
                        recipe.training().label() + ", layer '" + projection.name() + "'",
                        "lower the learning rate, or start from smaller thresholds (convert with a smaller k)");
            }
            if (rate > MAX_RATE) {
                throw InputException.file(
                        "a layer fires without end: " + Math.round(100 * rate) + " % of its neurons at each time step",
                        recipe.training().label() + ", layer '" + projection.name() + "'",
                        "lower the learning rate, or start from larger thresholds (convert with a larger k)");
            }
        }
    }

    /** Spikes a neuron and time step. */
    private double rate(int layer, long spikes, int samples) {
        int neurons = start.network().projections().get(layer).target().size();
        return spikes / ((double) samples * recipe.timesteps() * neurons);
    }

    @Override
    public ImmutableDoubleList firingRates(int samples) {
        MutableDoubleList rates = DoubleLists.mutable.empty();
        for (int layer = 0; layer < state.spikes.length; layer++) {
            rates.add(rate(layer, state.spikes[layer], samples));
        }
        return rates.toImmutable();
    }

    @Override
    public double accuracy(int[] samples) {
        SpikingModel model;
        try {
            model = model(state.weights.toWeights(), state.neurons);
        } catch (IllegalArgumentException notFinite) {
            return Double.NaN;
        }
        return SpikingEvaluation.accuracy(
                model, dataset, samples, recipe.training().seed(), () -> {});
    }

    /**
     * The part of a recipe's validation samples that a model classifies rightly after the recipe's time steps, event by
     * event, as after each epoch.
     *
     * @param progress told after each sample, by several threads
     * @throws InputException if the images do not fit, or too few are left to train on
     */
    public static double validationAccuracy(
            SpikingModel model, FineTuningRecipe recipe, Dataset trainSet, Runnable progress) {
        AnnEvaluation.check(model.network(), trainSet, model.preprocessing());
        return SpikingEvaluation.accuracy(
                model.withTimesteps(recipe.timesteps()),
                trainSet,
                TrainingSplit.of(trainSet, recipe.training()).validation(),
                recipe.training().seed(),
                progress);
    }

    private SpikingModel best() {
        String line = recipe.history(state.epochs, state.bestEpoch, state.bestAccuracy);
        return model(state.best.toWeights(), state.bestNeurons)
                .withProvenance(start.provenance().then(line, recipe.training().seed()));
    }

    private SpikingModel model(Weights weights, Tensor neurons) {
        return NeuronParameters.into(start.withWeights(weights), neurons);
    }

    private TimeRecursion recursion(NeuronModel neuron) {
        return new TimeRecursion(recipe.surrogate(), neuron, recipe.timesteps(), recipe.learnsLeak());
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

    /** Everything that decides the course of a training, but for the pixels themselves. */
    private static String fingerprint(SpikingModel start, FineTuningRecipe recipe, Dataset dataset) {
        String text = start.network().definition()
                + start.preprocessing()
                + start.neuron()
                + start.encoder()
                + recipe
                + dataset.name()
                + dataset.shape()
                + dataset.size()
                + torch.get_num_threads();
        StringBuilder numbers = new StringBuilder(text);
        for (int i = 0; i < start.weights().size(); i++) {
            numbers.append(Arrays.hashCode(start.weights().tensor(i)))
                    .append(',')
                    .append(Arrays.hashCode(start.populations().get(i).thresholds()))
                    .append(';');
        }
        return Sha256.of(numbers.toString().getBytes(StandardCharsets.UTF_8));
    }
}
