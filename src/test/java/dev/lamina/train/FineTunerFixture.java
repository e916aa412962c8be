package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small spiking network, converted from one that is trained once, and trainings of it. */
abstract class FineTunerFixture {

    static final int TIMESTEPS = 4;
    static final int BATCHES = 19;
    static final Dataset DATA = TinyNetworks.stripes(330, 1);
    static final Descent ADAM = new Descent.Adam(0.003, 0);

    /** Three spiking layers in a row, with and without dropout on the way. */
    static final String DEFINITION = """
            name = tiny, input { channels = 1, height = 8, width = 8 }
            layers = [
              { type = conv, name = first, channels = 6, kernel = 3, padding = 1 }
              { type = average-pool, name = pool, kernel = 2 }
              DROPOUT
              { type = conv, name = second, channels = 6, kernel = 3 }
              { type = flatten, name = flatten }
              { type = linear, name = hidden, outputs = 16 }
              { type = linear, name = out, outputs = 3 }
            ]
            """;

    static final Network NETWORK =
            TinyNetworks.network(DEFINITION.replace("DROPOUT", "{ type = dropout, name = drop, probability = 0.2 }"));
    static final Network PLAIN = TinyNetworks.network(DEFINITION.replace("DROPOUT", ""));

    static Optional<AnnModel> trained = Optional.empty();

    final List<TrainingProgress> heard = new ArrayList<>();
    Path checkpoint = Path.of("");

    @BeforeAll
    static void trainOrdinaryNetwork(@TempDir Path folder) {
        TensorLibrary.useThreads(1);
        trained = Optional.of(AnnTrainer.train(
                        NETWORK,
                        TinyNetworks.PREPROCESSING,
                        training(5, new Descent.Adam(0.01, 0), Precision.FLOAT32),
                        DATA,
                        new Checkpointing(folder.resolve("ann.checkpoint"), Checkpointing.DEFAULT_INTERVAL, false),
                        TrainingListener.NONE,
                        () -> false)
                .model());
    }

    @BeforeEach
    void choosePlace(@TempDir Path folder) {
        checkpoint = folder.resolve("training.checkpoint");
    }

    /** A converted network whose weights were drawn at random. */
    static SpikingModel converted(Network network, NeuronModel neuron) {
        return converted(AnnTrainer.untrained(network, TinyNetworks.PREPROCESSING, "stripes", 5), 0.5, neuron);
    }

    static SpikingModel converted(AnnModel ann, double scale, NeuronModel neuron) {
        BalancingRecipe recipe = new BalancingRecipe(scale, 100, 10, 50, Encoder.POISSON, neuron, 100, 1);
        return ThresholdBalancing.convert(ann, recipe, DATA, (layer, layers) -> {});
    }

    static SpikingModel converted() {
        return converted(NETWORK, NeuronModel.INTEGRATE_AND_FIRE);
    }

    static TrainingRecipe training(int epochs, Descent descent, Precision precision) {
        return new TrainingRecipe(
                "stripes",
                epochs,
                16,
                descent,
                new Schedule.Constant(),
                Augmentation.SHIFT,
                precision,
                0,
                new ValidationSplit(30, ValidationSplit.Draw.SEEDED, 3),
                Integer.MAX_VALUE,
                3,
                "stripes");
    }

    static FineTuningRecipe recipe(int epochs, Descent descent) {
        return new FineTuningRecipe(
                training(epochs, descent, Precision.FLOAT32),
                TIMESTEPS,
                Surrogate.DEFAULT,
                FineTuningRecipe.Logits.SUM,
                false,
                false,
                descent.learningRate());
    }

    static FineTuningRecipe learningNeurons(boolean thresholds, boolean leak) {
        return learningNeurons(thresholds, leak, 0.01);
    }

    static FineTuningRecipe learningNeurons(boolean thresholds, boolean leak, double rate) {
        FineTuningRecipe plain = recipe(2, ADAM);
        return new FineTuningRecipe(
                plain.training(), TIMESTEPS, new Surrogate.Linear(0.3), plain.logits(), thresholds, leak, rate);
    }

    FineTuningResult train(
            SpikingModel model, FineTuningRecipe recipe, Duration interval, boolean resume, BooleanSupplier stop) {
        return FineTuner.train(model, recipe, DATA, new Checkpointing(checkpoint, interval, resume), heard::add, stop);
    }

    FineTuningResult train(SpikingModel model, FineTuningRecipe recipe) {
        return train(model, recipe, Checkpointing.DEFAULT_INTERVAL, false, () -> false);
    }

    BooleanSupplier within(int epoch) {
        return () -> !heard.isEmpty()
                && heard.get(heard.size() - 1).epoch() == epoch
                && heard.get(heard.size() - 1).batchesDone() == 5;
    }

    static float[] thresholds(SpikingModel model) {
        float[] first = new float[model.populations().size() - 1];
        for (int i = 0; i < first.length; i++) {
            float[] all = model.populations().get(i).thresholds();
            assertTrue(all != null);
            first[i] = all[0];
        }
        return first;
    }

    static SpikingModel withThresholds(SpikingModel model, int layer, float threshold) {
        return withPopulation(model, layer, old -> Population.ofThreshold(threshold, old.length));
    }

    static SpikingModel withPopulation(SpikingModel model, int layer, Function<float[], Population> other) {
        List<Population> populations = new ArrayList<>(model.populations().castToList());
        float[] old = populations.get(layer).thresholds();
        assertTrue(old != null);
        populations.set(layer, other.apply(old));
        return new SpikingModel(
                model.network(),
                model.weights(),
                model.neuron(),
                Lists.immutable.ofAll(populations),
                model.encoder(),
                model.preprocessing(),
                model.timesteps(),
                model.provenance());
    }
}
