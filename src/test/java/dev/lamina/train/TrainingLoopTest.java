package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A scope acts by being open.
class TrainingLoopTest {

    /** 70 samples in batches of 16. */
    private static final int BATCHES = 5;

    private static final Descent STEADY = new Descent.Sgd(0.5, 0, 0);

    private final List<Integer> learned = new ArrayList<>();
    private Path checkpoint = Path.of("");

    @BeforeEach
    void choosePlace(@TempDir Path folder) {
        checkpoint = folder.resolve("kept").resolve("training.checkpoint");
    }

    /** Learns as it is told: each batch has the gradient 1, and that of one batch is infinite. */
    private final class Scripted implements Learner {

        private final TrainingState state;
        private final int wild;
        private final double loss;

        Scripted(TrainingState state, int wild, double loss) {
            this.state = state;
            this.wild = wild;
            this.loss = loss;
        }

        @Override
        public Score learn(int[] samples, int step) {
            learned.add(step);
            for (Tensor weights : state.weights.all()) {
                Tensor gradient = torch.ones_like(weights);
                weights.mutable_grad().put(step == wild ? gradient.div_(torch.zeros_like(weights)) : gradient);
            }
            return new Score(step == wild ? loss : 1, samples.length);
        }

        @Override
        public ImmutableDoubleList firingRates(int samples) {
            return DoubleLists.immutable.empty();
        }

        @Override
        public double accuracy(int[] samples) {
            return 0.5;
        }

        @Override
        public Model model(int epochs) {
            AnnModel drawn = AnnTrainer.untrained(TinyNetworks.CLASSIFIER, TinyNetworks.PREPROCESSING, "stripes", 1);
            return new AnnModel(drawn.network(), state.weights.toWeights(), drawn.preprocessing(), drawn.provenance());
        }
    }

    private record Outcome(TrainingEnd end, int epochs, float[] best) {}

    private Outcome run(Duration interval, boolean resume, int wild, double loss) {
        return run(interval, resume, wild, loss, TrainingListener.NONE, () -> false);
    }

    private Outcome run(
            Duration interval, boolean resume, int wild, double loss, TrainingListener listener, BooleanSupplier stop) {
        TrainingRecipe recipe = AnnTrainerTest.recipe(STEADY, 1);
        try (PointerScope scope = new PointerScope()) {
            TrainingState state = new TrainingState(WeightTensors.initial(TinyNetworks.CLASSIFIER, 1), STEADY);
            TrainingEnd end = new TrainingLoop(
                            recipe,
                            TinyNetworks.stripes(100, 1),
                            state,
                            "f".repeat(64),
                            new Checkpointing(checkpoint, interval, resume),
                            listener,
                            new StopRequest(stop))
                    .run(new Scripted(state, wild, loss));
            return new Outcome(end, state.epochs, state.best.toWeights().tensor(0));
        }
    }

    @Test
    void bestOfATrainingThatDivergesIsThereAllTheSame() {
        float[] twoEpochs = run(Checkpointing.DEFAULT_INTERVAL, false, 2 * BATCHES, Double.NaN)
                .best();
        learned.clear();

        Outcome outcome = run(Checkpointing.DEFAULT_INTERVAL, false, 2 * BATCHES + 3, Double.NaN);

        assertEquals(2, outcome.epochs());
        assertArrayEquals(twoEpochs, outcome.best());
        assertTrue(outcome.end() instanceof TrainingEnd.Failed failed
                && failed.where().equals("stripes, epoch 3"));
        assertEquals(2 * BATCHES + 4, learned.size());
    }

    /** As when a disk is full for a while. */
    @Test
    void checkpointThatCanNotBeWrittenDoesNotEndTheTraining() {
        List<String> complaints = new ArrayList<>();
        Path folder = Objects.requireNonNull(checkpoint.getParent());
        TrainingListener listener = new TrainingListener() {
            @Override
            public void progressed(TrainingProgress progress) {
                try {
                    if (learned.size() == 2) {
                        Files.delete(checkpoint);
                        Files.delete(folder);
                        Files.createFile(folder);
                    } else if (learned.size() == 2 * BATCHES
                            && progress.validationAccuracy().isEmpty()) {
                        Files.delete(folder);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void notSaved(InputException complaint) {
                complaints.add(String.valueOf(complaint.getMessage()));
            }
        };
        float[] undisturbed = run(Duration.ZERO, false, Integer.MAX_VALUE, 1).best();
        learned.clear();

        Outcome outcome = run(Duration.ZERO, false, Integer.MAX_VALUE, 1, listener, () -> false);

        assertEquals(new TrainingEnd.Completed(), outcome.end());
        assertArrayEquals(undisturbed, outcome.best());
        // From batch 2 to 9, and at the end of the first epoch.
        assertEquals(2 * BATCHES - 2 + 1, complaints.size());
        complaints.forEach(complaint -> assertTrue(complaint.contains(checkpoint.toString()), complaint));
        learned.clear();
        assertEquals(
                new TrainingEnd.Completed(),
                run(Duration.ZERO, true, Integer.MAX_VALUE, 1).end());
        assertEquals(List.of(), learned);
    }

    @Test
    void stoppedWhileTheDiskRefusesItKeepsTheBestEpoch() throws IOException {
        Path folder = Objects.requireNonNull(checkpoint.getParent());
        BooleanSupplier stop = () -> learned.size() == BATCHES + 2;
        TrainingListener listener = progress -> {
            if (learned.size() == BATCHES + 2) {
                try {
                    Files.delete(checkpoint);
                    Files.delete(folder);
                    Files.createFile(folder);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        Outcome outcome = run(Checkpointing.DEFAULT_INTERVAL, false, Integer.MAX_VALUE, 1, listener, stop);

        assertEquals(1, outcome.epochs());
        assertEquals(new TrainingEnd.Stopped(), outcome.end());
        Files.delete(folder);
        float[] first = run(
                        Checkpointing.DEFAULT_INTERVAL,
                        false,
                        Integer.MAX_VALUE,
                        1,
                        TrainingListener.NONE,
                        () -> learned.size() == 2 * BATCHES + 4)
                .best();
        assertArrayEquals(first, outcome.best());
    }

    @Test
    void neuronParametersMustBeFiniteToo() {
        try (PointerScope scope = new PointerScope()) {
            WeightTensors weights = WeightTensors.initial(TinyNetworks.CLASSIFIER, 1);
            assertTrue(new TrainingState(weights, new float[] {0, 1}, 0.1, 1, STEADY).usable());
            assertFalse(new TrainingState(weights, new float[] {Float.NaN, 1}, 0.1, 1, STEADY).usable());
        }
    }

    /** The loss, which is of before the step, does not show it. */
    @Test
    void weightsThatAreNoLongerFiniteDoNotTakeThePlaceOfAGoodCheckpoint() {
        Outcome outcome = run(Duration.ZERO, false, BATCHES + 2, 1);
        assertTrue(outcome.end() instanceof TrainingEnd.Failed);
        assertEquals(1, outcome.epochs());
        learned.clear();

        Outcome resumed = run(Duration.ZERO, true, Integer.MAX_VALUE, 1);

        assertEquals(new TrainingEnd.Completed(), resumed.end());
        assertEquals(BATCHES + 2, learned.get(0));
    }
}
