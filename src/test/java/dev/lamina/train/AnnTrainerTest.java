package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.model.ValidationSplit;
import dev.lamina.model.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnnTrainerTest {

    private static final Dataset DATA = TinyNetworks.stripes(330, 1);
    private static final Descent ADAM = new Descent.Adam(0.01, 1e-4);

    private final List<TrainingProgress> heard = new ArrayList<>();
    private Path checkpoint = Path.of("");

    @BeforeEach
    void choosePlace(@TempDir Path folder) {
        checkpoint = folder.resolve("training.checkpoint");
        // Tensors this small gain nothing from more, and a busy machine makes threads wait for each other.
        TensorLibrary.useThreads(1);
    }

    static List<Descent> descents() {
        return List.of(ADAM, new Descent.Sgd(0.05, 0.9, 1e-4), new Descent.Sgd(0.05, 0, 0));
    }

    static TrainingRecipe recipe(Descent descent, long seed) {
        return new TrainingRecipe(
                "stripes",
                4,
                16,
                descent,
                new Schedule.OneCycle(0.3),
                Augmentation.SHIFT,
                Precision.FLOAT32,
                0,
                new ValidationSplit(30, ValidationSplit.Draw.SEEDED, 1),
                Integer.MAX_VALUE,
                seed,
                "stripes");
    }

    private TrainingResult train(TrainingRecipe recipe, boolean resume, BooleanSupplier stop) {
        return AnnTrainer.train(
                TinyNetworks.CLASSIFIER,
                TinyNetworks.PREPROCESSING,
                recipe,
                DATA,
                new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, resume),
                heard::add,
                stop);
    }

    /** Asks to stop within an epoch, after some batches. */
    private BooleanSupplier within(int epoch) {
        return () -> !heard.isEmpty()
                && heard.get(heard.size() - 1).epoch() == epoch
                && heard.get(heard.size() - 1).batchesDone() == 5;
    }

    static void assertSameBits(Weights expected, Weights actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(bits(expected.tensor(i)), bits(actual.tensor(i)));
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    static List<Arguments> descentsAndPrecisions() {
        return Stream.of(Precision.values())
                .flatMap(precision -> descents().stream().map(descent -> Arguments.of(descent, precision)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("descentsAndPrecisions")
    void separableSamplesAreLearned(Descent descent, Precision precision) {
        TrainingRecipe recipe = new TrainingRecipe(
                "stripes",
                10,
                16,
                descent,
                new Schedule.Cosine(),
                Augmentation.NONE,
                precision,
                0,
                new ValidationSplit(30, ValidationSplit.Draw.SEEDED, 1),
                Integer.MAX_VALUE,
                1,
                "stripes");

        TrainingResult result = train(recipe, false, () -> false);

        Dataset fresh = TinyNetworks.stripes(200, 99);
        assertTrue(result.validationAccuracy() > 0.9, "validation " + result.validationAccuracy());
        assertTrue(AnnEvaluation.accuracy(result.model(), fresh, 64) > 0.9);
        assertEquals(new TrainingEnd.Completed(), result.end());
        assertEquals(10, result.epochs());
        assertEquals("stripes", result.model().provenance().dataset());
        assertTrue(result.model().provenance().history().getOnly().startsWith("trained 10 of 10 epochs with "));
    }

    @ParameterizedTest
    @MethodSource("descents")
    void resumedTrainingHasTheBitsOfAnUndisturbedOne(Descent descent) {
        TrainingResult whole = train(recipe(descent, 3), false, () -> false);
        heard.clear();

        TrainingResult half = train(recipe(descent, 3), false, within(3));
        TrainingProgress before = heard.get(heard.size() - 1);
        heard.clear();
        TrainingResult resumed = train(recipe(descent, 3), true, () -> false);

        assertEquals(new TrainingEnd.Stopped(), half.end());
        assertEquals(2, half.epochs());
        assertEquals(4, resumed.epochs());
        assertEquals(before.batchesDone() + 1, heard.get(0).batchesDone());
        assertEquals(whole.validationAccuracy(), resumed.validationAccuracy());
        assertSameBits(whole.model().weights(), resumed.model().weights());
    }

    /** As a training that was killed, not asked to stop: all that is left is what the interval had it write. */
    @Test
    void checkpointWithinAnEpochIsEnoughToGoOn() throws Exception {
        TrainingResult whole = train(recipe(ADAM, 3), false, () -> false);
        Path kept = checkpoint.resolveSibling("kept");
        heard.clear();
        AnnTrainer.train(
                TinyNetworks.CLASSIFIER,
                TinyNetworks.PREPROCESSING,
                recipe(ADAM, 3),
                DATA,
                new Checkpointing(checkpoint, Duration.ZERO, false),
                heard::add,
                () -> {
                    if (within(1).getAsBoolean()) {
                        copy(checkpoint, kept);
                    }
                    return false;
                });
        copy(kept, checkpoint);

        TrainingResult resumed = train(recipe(ADAM, 3), true, () -> false);

        assertSameBits(whole.model().weights(), resumed.model().weights());
        assertEquals(whole.validationAccuracy(), resumed.validationAccuracy());
    }

    static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void finishedTrainingResumesToItsResult() {
        TrainingResult whole = train(recipe(ADAM, 3), false, () -> false);
        heard.clear();

        TrainingResult again = train(recipe(ADAM, 3), true, () -> false);

        assertTrue(heard.isEmpty());
        assertEquals(new TrainingEnd.Completed(), again.end());
        assertSameBits(whole.model().weights(), again.model().weights());
    }

    @Test
    void bestEpochIsKeptTheLaterOnTies() {
        // A rate this high spoils the weights again and again, so that the last epoch is seldom the best.
        TrainingRecipe wild = new TrainingRecipe(
                "stripes",
                8,
                16,
                new Descent.Adam(0.3, 0),
                new Schedule.Constant(),
                Augmentation.NONE,
                Precision.FLOAT32,
                0,
                new ValidationSplit(30, ValidationSplit.Draw.END, 0),
                Integer.MAX_VALUE,
                2,
                "wild");

        TrainingResult result = train(wild, false, () -> false);

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
        assertEquals(best, result.validationAccuracy());
        assertTrue(result.model().provenance().history().getOnly().contains("epoch " + bestEpoch + " is the best"));
        assertEquals(best, AnnEvaluation.accuracy(result.model(), DATA.slice(300, 330), 7));
    }

    @Test
    void progressCountsBatchesAndEpochs() {
        train(recipe(ADAM, 1), false, () -> false);

        assertEquals(4 * (19 + 1), heard.size());
        TrainingProgress last = heard.get(heard.size() - 1);
        assertEquals(4, last.epoch());
        assertEquals(19, last.batchesDone());
        assertEquals(19, last.batches());
        assertTrue(last.loss() > 0 && last.accuracy() > 0 && last.accuracy() <= 1 && last.seconds() > 0);
        assertEquals(
                4,
                heard.stream().filter(p -> p.validationAccuracy().isPresent()).count());
    }

    @Test
    void interruptEndsTheTrainingAndIsAnswered() {
        Thread.currentThread().interrupt();

        TrainingResult result = train(recipe(ADAM, 1), false, () -> false);

        assertEquals(new TrainingEnd.Stopped(), result.end());
        assertEquals(0, result.epochs());
        assertFalse(Thread.currentThread().isInterrupted());
        assertFalse(Files.exists(checkpoint));
    }

    @Test
    void interruptWhileACheckpointIsDueLosesNoEpoch() {
        TrainingResult result = AnnTrainer.train(
                TinyNetworks.CLASSIFIER,
                TinyNetworks.PREPROCESSING,
                recipe(ADAM, 1),
                DATA,
                new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false),
                progress -> {
                    if (progress.epoch() == 1 && progress.batchesDone() == 19) {
                        Thread.currentThread().interrupt();
                    }
                },
                () -> false);

        assertEquals(new TrainingEnd.Stopped(), result.end());
        assertEquals(1, result.epochs());
        assertTrue(Files.exists(checkpoint));
    }

    @Test
    void modelOfEachEpochIsHandedOnAndTheBestIsOneOfThem() {
        EpochModels between = new EpochModels();
        TrainingResult result = AnnTrainer.train(
                TinyNetworks.CLASSIFIER,
                TinyNetworks.PREPROCESSING,
                recipe(ADAM, 1),
                DATA,
                new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false),
                between,
                () -> false);

        assertEquals(result.epochs(), between.models().size());
        assertTrue(between.hasWeightsOf(result.model()));
        assertTrue(
                between.models().get(0).provenance().history().getLast().contains("not yet to the end: until epoch 1"));
    }

    @Test
    void seedDecidesTheWeights() {
        float[] one =
                train(recipe(ADAM, 1), false, () -> false).model().weights().tensor(0);
        float[] two =
                train(recipe(ADAM, 2), false, () -> false).model().weights().tensor(0);

        assertFalse(Arrays.equals(one, two));
    }

    @Test
    void divergenceIsTold() {
        TrainingResult result = train(recipe(new Descent.Sgd(1e9, 0, 0), 1), false, () -> false);

        assertEquals(0, result.epochs());
        assertEquals(
                new TrainingEnd.Failed(
                        "the training diverged (its numbers are no longer finite)",
                        "stripes, epoch 1",
                        "lower the learning rate"),
                result.end());
    }

    @Test
    void imagesThatDoNotFitAreRefused() {
        InputException e = assertThrows(
                InputException.class,
                () -> AnnTrainer.train(
                        TinyNetworks.CLASSIFIER,
                        Preprocessing.NONE,
                        recipe(ADAM, 1),
                        DATA,
                        new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false),
                        TrainingListener.NONE,
                        () -> false));

        assertTrue(e.getMessage().contains("do not fit"), e.getMessage());
    }

    @Test
    void holdingEverythingBackIsRefused() {
        InputException e = assertThrows(
                InputException.class,
                () -> AnnTrainer.train(
                        TinyNetworks.CLASSIFIER,
                        TinyNetworks.PREPROCESSING,
                        recipe(ADAM, 1),
                        DATA.slice(0, 30),
                        new Checkpointing(checkpoint, Checkpointing.DEFAULT_INTERVAL, false),
                        TrainingListener.NONE,
                        () -> false));

        assertTrue(e.getMessage().contains("no samples are left"), e.getMessage());
    }
}
