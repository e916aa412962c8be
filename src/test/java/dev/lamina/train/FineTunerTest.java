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
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // A scope acts by being open.
class FineTunerTest extends FineTunerFixture {

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
    void divergenceIsTold() {
        assertFails(converted(), recipe(2, new Descent.Adam(3e37, 0)), "the training diverged", "epoch 1");
    }

    @Test
    void silentLayerIsTold() {
        SpikingModel deaf = withThresholds(converted(), 1, 1e6f);

        assertFails(deaf, recipe(2, ADAM), "fallen silent", "layer 'second'");
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
        float[] before = Objects.requireNonNull(byChannel.populations().get(1).thresholds());
        SpikingModel tuned = train(byChannel, learningNeurons(false, true)).model();
        assertArrayEquals(before, tuned.populations().get(1).thresholds());
    }

    @Test
    void tooManyTimeStepsAreRefusedBeforeAnyWork() {
        Network large = TinyNetworks.network("""
                name = large, input { channels = 1, height = 6, width = 6 }
                layers = [
                  { type = conv, name = wide, channels = 2048, kernel = 1 }
                  { type = flatten, name = flatten }
                  { type = linear, name = out, outputs = 3 }
                ]
                """);
        SpikingModel model = BackwardPassTest.model(large, NeuronModel.INTEGRATE_AND_FIRE, new Random(1), 1, TIMESTEPS);
        FineTuningRecipe longest = new FineTuningRecipe(
                training(1, ADAM, Precision.FLOAT32),
                1 << 16,
                Surrogate.DEFAULT,
                FineTuningRecipe.Logits.SUM,
                false,
                false,
                1);
        assertRefused(
                model, longest, "T = 65536 is too large for a network of this size: stripes: ", "at most 29127 time");
        assertThrows(InputException.class, () -> FineTuner.check(model, longest));
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
