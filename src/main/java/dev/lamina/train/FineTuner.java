package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;
import org.eclipse.collections.api.list.primitive.MutableDoubleList;

/*
 * The paper's Algorithm 2. What a batch teaches is in BatchGradient; here is what is done with it, and the watch over layers
 * that fall silent or fire without end.
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

    /** A layer without a spike over so many batches has fallen silent for good: nothing would reach those before it. */
    private static final int SILENT_BATCHES = 20;

    private static final double MAX_RATE = 0.95;

    private final SpikingModel start;
    private final FineTuningRecipe recipe;
    private final Dataset dataset;
    private final TrainingState state;
    private final BatchGradient gradient;
    private final StopRequest stop;

    private FineTuner(
            SpikingModel start,
            FineTuningRecipe recipe,
            Dataset dataset,
            TrainingState state,
            int part,
            StopRequest stop) {
        this.start = start;
        this.recipe = recipe;
        this.dataset = dataset;
        this.state = state;
        gradient = new BatchGradient(start, recipe, dataset, state.weights.all(), part);
        this.stop = stop;
    }

    /**
     * Trains a spiking network.
     *
     * @param model where to start
     * @param recipe how to train
     * @param trainSet the training set; the validation samples are taken from it
     * @param checkpointing where and how often to keep the training, and whether to go on from there
     * @param listener hears of the progress
     * @param stop asked, by several threads, every few samples whether to end; what is under way is then given up. A thread interrupt
     *     ends it as well, and is thereby answered
     * @return the best epoch's model, made for the recipe's time steps, and how the training ended
     * @throws InputException if the images do not fit, too few are left to train on, T is too large, or the checkpoint is not usable
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
                    recipe.neuronLearningRate(),
                    start.network().projections().size() - 1,
                    recipe.training().descent());
            StopRequest request = new StopRequest(stop);
            FineTuner tuner = new FineTuner(start, recipe, trainSet, state, part, request);
            TrainingEnd end = new TrainingLoop(
                            recipe.training(),
                            trainSet,
                            state,
                            fingerprint(start, recipe, trainSet),
                            checkpointing,
                            listener,
                            request)
                    .run(tuner);
            return new FineTuningResult(tuner.best(), state.bestAccuracy, state.epochs, end);
        }
    }

    @Override
    public Score learn(int[] samples, int step) {
        SpikingModel model;
        try {
            model = model(state.weights.toWeights(), state.neurons);
        } catch (IllegalArgumentException notFinite) {
            return new Score(Double.NaN, 0);
        }
        BatchGradient.Outcome outcome = gradient.run(model, state.weights.all(), samples, step, stop::check);
        for (int layer = 0; layer < state.spikes.length; layer++) {
            state.spikes[layer] += outcome.spikes()[layer];
        }
        if (Double.isFinite(outcome.score().loss())) {
            watchOver(outcome.spikes(), samples.length);
        }
        handOver(gradient.sums(), model);
        return outcome.score();
    }

    /** Gives the gradients to the optimiser's parameters. */
    private void handOver(Gradients gradients, SpikingModel model) {
        for (int i = 0; i < state.weights.all().size(); i++) {
            state.weights.get(i).mutable_grad().put(gradients.weights(i));
        }
        if (state.neurons.numel() > 0) {
            try (PointerScope scope = new PointerScope()) {
                state.neurons.mutable_grad().put(Tensor.create(NeuronParameters.gradient(gradients, model, recipe)));
            }
        }
    }

    private void watchOver(long[] spikes, int samples) {
        for (int layer = 0; layer < spikes.length; layer++) {
            Projection projection = start.network().projections().get(layer);
            state.silentBatches[layer] = spikes[layer] == 0 ? state.silentBatches[layer] + 1 : 0;
            double rate = rate(layer, spikes[layer], samples);
            if (state.silentBatches[layer] >= SILENT_BATCHES) {
                throw new TrainingFailure(
                        "a layer has fallen silent: no spike in the last " + SILENT_BATCHES + " batches",
                        recipe.training().label() + ", layer '" + projection.name() + "'",
                        "lower the learning rate, or start from smaller thresholds (convert with a smaller k)");
            }
            if (rate > MAX_RATE) {
                throw new TrainingFailure(
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
                model, dataset, samples, recipe.training().seed(), stop::check);
    }

    /**
     * Says, before any work, so if the way back of a single sample has no room.
     *
     * @throws InputException if T is too large for the network
     */
    public static void check(SpikingModel model, FineTuningRecipe recipe) {
        BatchGradient.checkFits(model.network(), model.neuron(), recipe);
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
                TrainingSplit.of(trainSet, recipe.training().validation()).validation(),
                recipe.training().seed(),
                progress);
    }

    @Override
    public SpikingModel model(int epochs) {
        String line = "fine-tuned by surrogate gradients over " + recipe.timesteps()
                + " time steps, and not yet to the end: until epoch " + epochs;
        return model(state.weights.toWeights(), state.neurons).withProvenance(provenance(line));
    }

    private SpikingModel best() {
        String line = recipe.history(state.epochs, state.bestEpoch, state.bestAccuracy);
        return model(state.best.toWeights(), state.bestNeurons).withProvenance(provenance(line));
    }

    private Provenance provenance(String line) {
        return start.provenance()
                .trained(line, recipe.training().seed(), recipe.training().validation());
    }

    private SpikingModel model(Weights weights, Tensor neurons) {
        return NeuronParameters.into(start.withWeights(weights), neurons);
    }

    /** Everything that decides the course of a training. */
    private static String fingerprint(SpikingModel start, FineTuningRecipe recipe, Dataset dataset) {
        String text = start.network().definition()
                + start.preprocessing()
                + start.neuron()
                + start.encoder()
                + recipe
                + dataset.name()
                + dataset.shape()
                + dataset.sha256();
        List<float[]> numbers = new ArrayList<>();
        for (int i = 0; i < start.weights().size(); i++) {
            numbers.add(start.weights().tensor(i));
            Population population = start.populations().get(i);
            numbers.add(population.thresholds());
            numbers.add(population.bias());
            numbers.add(population.initialPotential());
        }
        return Checkpoint.fingerprint(text, numbers);
    }
}
