package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // A scope acts by being open.
class FineTunerTest {

    private static final int TIMESTEPS = 4;
    private static final int BATCHES = 19;
    private static final Dataset DATA = TinyNetworks.stripes(330, 1);
    private static final Descent ADAM = new Descent.Adam(0.003, 0);

    /** Three spiking layers in a row, with and without dropout on the way. */
    private static final String DEFINITION = """
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

    private static final Network NETWORK =
            TinyNetworks.network(DEFINITION.replace("DROPOUT", "{ type = dropout, name = drop, probability = 0.2 }"));
    private static final Network PLAIN = TinyNetworks.network(DEFINITION.replace("DROPOUT", ""));

    private static Optional<AnnModel> trained = Optional.empty();

    private final List<TrainingProgress> heard = new ArrayList<>();
    private Path checkpoint = Path.of("");

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
    private static SpikingModel converted(Network network, NeuronModel neuron) {
        return converted(AnnTrainer.untrained(network, TinyNetworks.PREPROCESSING, "stripes", 5), 0.5, neuron);
    }

    private static SpikingModel converted(AnnModel ann, double scale, NeuronModel neuron) {
        BalancingRecipe recipe = new BalancingRecipe(scale, 100, 10, 50, Encoder.POISSON, neuron, 100, 1);
        return ThresholdBalancing.convert(ann, recipe, DATA, (layer, layers) -> {});
    }

    private static SpikingModel converted() {
        return converted(NETWORK, NeuronModel.INTEGRATE_AND_FIRE);
    }

    private static TrainingRecipe training(int epochs, Descent descent, Precision precision) {
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

    private static FineTuningRecipe recipe(int epochs, Descent descent) {
        return new FineTuningRecipe(
                training(epochs, descent, Precision.FLOAT32),
                TIMESTEPS,
                Surrogate.DEFAULT,
                FineTuningRecipe.Logits.SUM,
                false,
                false,
                descent.learningRate());
    }

    private static FineTuningRecipe learningNeurons(boolean thresholds, boolean leak) {
        return learningNeurons(thresholds, leak, 0.01);
    }

    private static FineTuningRecipe learningNeurons(boolean thresholds, boolean leak, double rate) {
        FineTuningRecipe plain = recipe(2, ADAM);
        return new FineTuningRecipe(
                plain.training(), TIMESTEPS, new Surrogate.Linear(0.3), plain.logits(), thresholds, leak, rate);
    }

    private FineTuningResult train(
            SpikingModel model, FineTuningRecipe recipe, Duration interval, boolean resume, BooleanSupplier stop) {
        return FineTuner.train(model, recipe, DATA, new Checkpointing(checkpoint, interval, resume), heard::add, stop);
    }

    private FineTuningResult train(SpikingModel model, FineTuningRecipe recipe) {
        return train(model, recipe, Checkpointing.DEFAULT_INTERVAL, false, () -> false);
    }

    private BooleanSupplier within(int epoch) {
        return () -> !heard.isEmpty()
                && heard.get(heard.size() - 1).epoch() == epoch
                && heard.get(heard.size() - 1).batchesDone() == 5;
    }

    static List<Arguments> surrogatesAndPrecisions() {
        List<Surrogate> surrogates = List.of(
                Surrogate.DEFAULT,
                new Surrogate.SpikeTiming(0.3, 0.1, Surrogate.Silence.NOTHING),
                new Surrogate.Linear(0.3));
        return surrogates.stream()
                .flatMap(s -> Stream.of(Precision.values()).map(p -> Arguments.of(s, p)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("surrogatesAndPrecisions")
    void separableSamplesAreLearned(Surrogate surrogate, Precision precision) {
        FineTuningRecipe recipe = new FineTuningRecipe(
                training(4, ADAM, precision), TIMESTEPS, surrogate, FineTuningRecipe.Logits.MEAN, false, false, 0.003);
        SpikingModel start = converted(trained.orElseThrow(), 0.7, NeuronModel.INTEGRATE_AND_FIRE);
        double before = FineTuner.validationAccuracy(start, recipe, DATA, () -> {});

        FineTuningResult result = train(start, recipe);

        assertTrue(before < 0.9, "before " + before);
        assertTrue(result.validationAccuracy() > 0.95, "validation " + result.validationAccuracy());
        assertTrue(accuracy(result.model(), TinyNetworks.stripes(200, 99)) > 0.9);
        assertEquals(new TrainingEnd.Completed(), result.end());
        assertEquals(4, result.epochs());
        assertEquals(TIMESTEPS, result.model().timesteps());
        String line = result.model().provenance().history().getLast();
        assertTrue(line.startsWith("fine-tuned by surrogate gradients over 4 time steps (" + surrogate + "): "), line);
    }

    private static double accuracy(SpikingModel model, Dataset dataset) {
        int[] all = IntStream.range(0, dataset.size()).toArray();
        return SpikingEvaluation.accuracy(model, dataset, all, 1, () -> {});
    }

    static List<FineTuningRecipe> resumable() {
        return List.of(recipe(3, ADAM), recipe(3, new Descent.Sgd(0.01, 0.9, 1e-4)), learningNeurons(true, true));
    }

    @ParameterizedTest
    @MethodSource("resumable")
    void resumedTrainingHasTheBitsOfAnUndisturbedOne(FineTuningRecipe recipe) {
        FineTuningResult whole = train(converted(), recipe);
        List<TrainingProgress> undisturbed = List.copyOf(heard);
        heard.clear();

        FineTuningResult half = train(converted(), recipe, Checkpointing.DEFAULT_INTERVAL, false, within(2));
        FineTuningResult resumed = train(converted(), recipe, Checkpointing.DEFAULT_INTERVAL, true, () -> false);

        assertEquals(new TrainingEnd.Stopped(), half.end());
        assertEquals(1, half.epochs());
        assertEqualResults(whole, resumed);
        assertEquals(timeless(undisturbed), timeless(heard));
    }

    /** In the midst of a batch or of the validation, which take minutes for a deep network. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 30, 115, 131, 140})
    void whatIsUnderWayIsGivenUpAtOnceAndDoneAnew(int asked) {
        FineTuningRecipe recipe = learningNeurons(true, true);
        Checkpointing anew = new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false);
        FineTuningResult whole =
                FineTuner.train(converted(), recipe, DATA, anew, TrainingListener.NONE, () -> false, 3);
        AtomicInteger questions = new AtomicInteger();

        FineTuningResult half = FineTuner.train(
                converted(), recipe, DATA, anew, heard::add, () -> questions.incrementAndGet() > asked, 3);
        int batches = heard.size();
        Checkpointing resumed = new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, true);
        FineTuningResult rest = FineTuner.train(
                converted(), recipe, DATA, batches == 0 ? anew : resumed, TrainingListener.NONE, () -> false, 3);

        assertEquals(new TrainingEnd.Stopped(), half.end());
        assertEquals(0, half.epochs());
        // Asked before each batch, before each part of three of its sixteen (in the end twelve) samples, and after each
        // validation sample.
        assertEquals(asked < 18 * 7 + 5 ? asked / 7 : BATCHES, batches);
        assertEqualResults(whole, rest);
    }

    /** As a training that was killed, not asked to stop: all that is left is what the interval had it write. */
    @Test
    void checkpointWithinAnEpochIsEnoughToGoOn() {
        FineTuningRecipe recipe = learningNeurons(true, true);
        FineTuningResult whole = train(converted(), recipe);
        List<TrainingProgress> undisturbed = List.copyOf(heard);
        heard.clear();
        Path kept = checkpoint.resolveSibling("kept");
        train(converted(), recipe, Duration.ZERO, false, () -> {
            if (within(1).getAsBoolean()) {
                copy(checkpoint, kept);
            }
            return false;
        });
        copy(kept, checkpoint);
        heard.clear();

        FineTuningResult resumed = train(converted(), recipe, Duration.ZERO, true, () -> false);

        assertEqualResults(whole, resumed);
        assertEquals(timeless(undisturbed.subList(5, undisturbed.size())), timeless(heard));
    }

    private static void assertEqualResults(FineTuningResult expected, FineTuningResult actual) {
        AnnTrainerTest.assertSameBits(expected.model().weights(), actual.model().weights());
        assertEquals(expected.validationAccuracy(), actual.validationAccuracy());
        assertEquals(expected.model().neuron(), actual.model().neuron());
        assertArrayEquals(thresholds(expected.model()), thresholds(actual.model()));
        assertEquals(expected.model().provenance(), actual.model().provenance());
    }

    private static float[] thresholds(SpikingModel model) {
        float[] first = new float[model.populations().size() - 1];
        for (int i = 0; i < first.length; i++) {
            float[] all = model.populations().get(i).thresholds();
            assertTrue(all != null);
            first[i] = all[0];
        }
        return first;
    }

    private static List<TrainingProgress> timeless(List<TrainingProgress> progress) {
        return progress.stream()
                .map(p -> new TrainingProgress(
                        p.label(),
                        p.epoch(),
                        p.epochs(),
                        p.batchesDone(),
                        p.batches(),
                        p.loss(),
                        p.accuracy(),
                        p.validationAccuracy(),
                        p.learningRate(),
                        p.firingRates(),
                        0))
                .toList();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anotherStartIsAnotherTraining() {
        FineTuningRecipe recipe = recipe(2, ADAM);
        train(converted(), recipe, Checkpointing.DEFAULT_INTERVAL, false, within(2));
        NeuronModel leaky = new NeuronModel(0.9f, Reset.SOFT, Propagation.SAME_STEP);
        for (SpikingModel other : List.of(
                converted().withNeuron(leaky),
                withPopulation(converted(), 1, old -> new Population(old, new float[old.length], null)),
                ScaleSearch.scaled(converted(), 0.9),
                converted(PLAIN, NeuronModel.INTEGRATE_AND_FIRE))) {
            InputException e = assertThrows(
                    InputException.class,
                    () -> train(other, recipe, Checkpointing.DEFAULT_INTERVAL, true, () -> false));
            assertTrue(e.getMessage().startsWith("the checkpoint is of another training"), e.getMessage());
        }
    }

    @Test
    void bestEpochIsKeptTheLaterOnTies() {
        // A rate this high spoils the weights again and again.
        FineTuningResult result = train(converted(), recipe(5, new Descent.Adam(0.1, 0)));

        List<TrainingProgress> epochs = heard.stream()
                .filter(progress -> progress.validationAccuracy().isPresent())
                .toList();
        double best = epochs.stream()
                .mapToDouble(progress -> progress.validationAccuracy().getAsDouble())
                .max()
                .orElseThrow();
        int bestEpoch = epochs.stream()
                .filter(progress -> progress.validationAccuracy().getAsDouble() == best)
                .mapToInt(TrainingProgress::epoch)
                .max()
                .orElseThrow();
        assertEquals(5, epochs.size());
        assertEquals(best, result.validationAccuracy());
        assertTrue(result.model().provenance().history().getLast().contains("epoch " + bestEpoch + " is the best"));
        assertEquals(best, FineTuner.validationAccuracy(result.model(), recipe(1, ADAM), DATA, () -> {}));
    }

    @Test
    void progressTellsRateAndFiringRates() {
        train(converted(), recipe(1, ADAM));

        assertEquals(BATCHES + 1, heard.size());
        TrainingProgress last = heard.get(BATCHES);
        assertEquals(0.003, last.learningRate());
        assertEquals(3, last.firingRates().size());
        assertTrue(last.firingRates().allSatisfy(rate -> rate > 0 && rate < 1), "rates " + last.firingRates());
        assertEquals(BATCHES, last.batchesDone());
    }

    @Test
    void stoppedBeforeTheFirstBatchLeavesTheStart() {
        FineTuningResult result =
                train(converted(), recipe(1, ADAM), Checkpointing.DEFAULT_INTERVAL, false, () -> true);

        assertEquals(new TrainingEnd.Stopped(), result.end());
        assertEquals(0, result.epochs());
        AnnTrainerTest.assertSameBits(converted().weights(), result.model().weights());
        assertFalse(Files.exists(checkpoint));
    }

    @Test
    void divergenceIsTold() {
        assertFails(converted(), recipe(2, new Descent.Adam(3e37, 0)), "the training diverged", "epoch 1");
    }

    @Test
    void silentLayerIsTold() {
        SpikingModel deaf = withThresholds(converted(), 1, 1e6f);

        assertFails(deaf, recipe(2, ADAM), "fallen silent", "layer 'second'");
    }

    /** However often it is interrupted. */
    @Test
    void silentBatchesAreCountedAcrossResumptions() {
        SpikingModel deaf = withThresholds(converted(), 1, 1e6f);
        for (int part = 0; part < 3; part++) {
            int heardBefore = heard.size();
            FineTuningResult stopped = train(
                    deaf,
                    recipe(2, ADAM),
                    Checkpointing.DEFAULT_INTERVAL,
                    part > 0,
                    () -> heard.size() >= heardBefore + 6);
            assertEquals(new TrainingEnd.Stopped(), stopped.end());
        }

        FineTuningResult result = train(deaf, recipe(2, ADAM), Checkpointing.DEFAULT_INTERVAL, true, () -> false);

        assertTrue(result.end() instanceof TrainingEnd.Failed, result.end().toString());
        TrainingProgress last = heard.get(heard.size() - 1);
        assertEquals(1, last.epoch());
        assertEquals(BATCHES, last.batchesDone());
        assertTrue(last.validationAccuracy().isPresent());
    }

    @Test
    void layerThatFiresWithoutEndIsTold() {
        SpikingModel start = converted();
        Weights positive = Weights.of(
                NETWORK,
                IntStream.range(0, start.weights().size())
                        .mapToObj(i -> {
                            float[] values = start.weights().tensor(i).clone();
                            for (int j = 0; j < values.length; j++) {
                                values[j] = Math.abs(values[j]);
                            }
                            return values;
                        })
                        .toList());
        SpikingModel busy = new SpikingModel(
                NETWORK,
                positive,
                start.neuron(),
                start.populations(),
                Encoder.DIRECT,
                new Preprocessing(1, 0, 1),
                TIMESTEPS,
                start.provenance());

        assertFails(withThresholds(busy, 1, 1e-6f), recipe(2, ADAM), "fires without end", "layer 'second'");
    }

    private void assertFails(SpikingModel model, FineTuningRecipe recipe, String what, String where) {
        if (train(model, recipe).end() instanceof TrainingEnd.Failed failed) {
            String complaint = String.valueOf(failed.complaint("").getMessage());
            assertTrue(complaint.contains(what) && complaint.contains(where), complaint);
            assertFalse(complaint.contains("\n"), complaint);
        } else {
            fail("it went well");
        }
    }

    private void assertRefused(SpikingModel model, FineTuningRecipe recipe, String what, String where) {
        InputException e = assertThrows(InputException.class, () -> train(model, recipe));
        assertTrue(e.getMessage().contains(what) && e.getMessage().contains(where), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    private static SpikingModel withThresholds(SpikingModel model, int layer, float threshold) {
        return withPopulation(model, layer, old -> Population.ofThreshold(threshold, old.length));
    }

    private static SpikingModel withPopulation(SpikingModel model, int layer, Function<float[], Population> other) {
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

    @Test
    void thresholdsAndLeakMoveOnlyWhereTheyAreLearned() {
        SpikingModel start = converted(NETWORK, new NeuronModel(0.9f, Reset.SOFT, Propagation.SAME_STEP));

        SpikingModel neither = train(start, learningNeurons(false, false)).model();
        SpikingModel thresholds = train(start, learningNeurons(true, false)).model();
        SpikingModel leak = train(start, learningNeurons(false, true)).model();

        assertArrayEquals(thresholds(start), thresholds(neither));
        assertEquals(0.9f, neither.neuron().leak());
        assertEquals(0.9f, thresholds.neuron().leak());
        assertArrayEquals(thresholds(start), thresholds(leak));
        assertNotEquals(0.9f, leak.neuron().leak());
        assertTrue(
                leak.neuron().leak() > 0.5 && leak.neuron().leak() <= 1,
                leak.neuron().toString());
        for (int i = 0; i < 3; i++) {
            assertNotEquals(thresholds(start)[i], thresholds(thresholds)[i]);
            // About thirty steps of at most a hundredth.
            assertEquals(1, thresholds(thresholds)[i] / thresholds(start)[i], 0.35);
        }
    }

    @Test
    void leakThatWantsToLeaveItsRangeIsPutBackAtEachStep() {
        try (PointerScope scope = new PointerScope()) {
            TrainingState state = new TrainingState(
                    WeightTensors.of(NETWORK, converted().weights()),
                    NeuronParameters.of(converted(), learningNeurons(true, true)),
                    0.25,
                    3,
                    new Descent.Sgd(0.5, 0, 0));
            state.learningRate(0.5);
            for (float gradient : new float[] {-1, -1, -1, 1, 1, 1, 1, 1, 1}) {
                float before = leak(state);
                state.neurons.mutable_grad().put(Tensor.create(new float[] {0, 0, 0, gradient}));
                state.step();
                assertEquals(Math.max(0, Math.min(1, before - gradient / 4)), leak(state));
            }
            assertEquals(0, leak(state));
        }
    }

    private static float leak(TrainingState state) {
        return state.neurons.data_ptr_float().get(3);
    }

    @Test
    void thresholdsHaveALearningRateOfTheirOwn() {
        SpikingModel start = converted();

        float[] slow =
                thresholds(train(start, learningNeurons(true, false, 1e-6)).model());
        float[] fast =
                thresholds(train(start, learningNeurons(true, false, 1e-2)).model());

        for (int i = 0; i < 3; i++) {
            // Of itself: Adam takes steps as large as the rate, and there are a few dozen.
            assertEquals(1, slow[i] / thresholds(start)[i], 1e-4);
            assertNotEquals(1, fast[i] / thresholds(start)[i], 5e-3);
        }
    }

    @Test
    void thresholdsByChannelCanNotBeLearned() {
        SpikingModel byChannel = withPopulation(converted(), 1, old -> {
            float[] others = old.clone();
            others[2] *= 2;
            return new Population(others, null, null);
        });

        assertRefused(byChannel, learningNeurons(true, false), "one for all its channels", "layer 'second'");
    }

    @Test
    void modelOfEachEpochIsHandedOnAndTheBestIsOneOfThem() {
        EpochModels between = new EpochModels();
        SpikingModel best = FineTuner.train(
                        converted(),
                        recipe(3, new Descent.Sgd(0.01, 0.9, 0)),
                        DATA,
                        new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false),
                        between,
                        () -> false)
                .model();
        assertEquals(3, between.models().size());
        assertTrue(between.hasWeightsOf(best));
        assertEquals(best.timesteps(), ((SpikingModel) between.models().get(0)).timesteps());
        EpochModels again = new EpochModels();
        FineTuner.train(
                converted(),
                recipe(3, new Descent.Sgd(0.01, 0.9, 0)),
                DATA,
                new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, true),
                again,
                () -> false);
        assertEquals(1, again.models().size());
        assertArrayEquals(
                between.models().get(2).weights().tensor(0),
                again.models().get(0).weights().tensor(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void resultDoesNotDependOnTheParts(int part) {
        FineTuningRecipe recipe = recipe(1, new Descent.Sgd(0.01, 0.9, 0));
        Weights whole = train(converted(), recipe).model().weights();

        Weights divided = FineTuner.train(
                        converted(),
                        recipe,
                        DATA,
                        new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false),
                        TrainingListener.NONE,
                        () -> false,
                        part)
                .model()
                .weights();

        for (int i = 0; i < whole.size(); i++) {
            assertArrayEquals(whole.tensor(i), divided.tensor(i), 1e-4f);
        }
        assertFalse(Arrays.equals(converted().weights().tensor(0), whole.tensor(0)));
    }

    static List<NeuronModel> neurons() {
        return List.of(
                NeuronModel.INTEGRATE_AND_FIRE,
                new NeuronModel(0.8f, Reset.HARD, Propagation.SAME_STEP),
                new NeuronModel(0.8f, Reset.SOFT, Propagation.NEXT_STEP));
    }

    @ParameterizedTest
    @MethodSource("neurons")
    void forwardPassWithoutDropoutIsTheSimulator(NeuronModel neuron) {
        int timesteps = 70;
        SpikingModel model = converted(PLAIN, neuron);
        NetworkSynapses synapses = NetworkSynapses.of(model, Kernels.fastest());
        ImmutableList<DropoutMask> dropout = DropoutMask.of(PLAIN);
        SpikingPass pass = new SpikingPass(synapses, dropout, timesteps, false);
        NetworkSimulator simulator = new NetworkSimulator(synapses, 25);
        SampleRecord record = new SampleRecord(PLAIN, timesteps, false);

        for (int sample = 0; sample < 20; sample++) {
            float[] values = model.preprocessing().apply(DATA, sample);
            var inference = simulator.run(values, 9, sample, timesteps);
            float[] readout = pass.run(values, 9, sample, record);

            assertEquals(inference.prediction(), Prediction.of(readout, 0, 3));
            assertArrayEquals(inference.potentials(), readout);
            for (int layer = 0; layer < 3; layer++) {
                assertEquals(
                        inference.layers().get(layer).spikes(),
                        record.spikes(layer).count());
            }
        }
    }
}
