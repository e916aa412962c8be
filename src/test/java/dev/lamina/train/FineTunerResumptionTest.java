package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FineTunerResumptionTest extends FineTunerFixture {

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
                AnnTrainerTest.copy(checkpoint, kept);
            }
            return false;
        });
        AnnTrainerTest.copy(kept, checkpoint);
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
    void stoppedBeforeTheFirstBatchLeavesTheStart() {
        FineTuningResult result =
                train(converted(), recipe(1, ADAM), Checkpointing.DEFAULT_INTERVAL, false, () -> true);

        assertEquals(new TrainingEnd.Stopped(), result.end());
        assertEquals(0, result.epochs());
        AnnTrainerTest.assertSameBits(converted().weights(), result.model().weights());
        assertFalse(Files.exists(checkpoint));
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
}
