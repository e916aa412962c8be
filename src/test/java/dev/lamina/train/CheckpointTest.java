package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // A scope acts by being open.
class CheckpointTest {

    private static final TrainingRecipe RECIPE = AnnTrainerTest.recipe(new Descent.Adam(0.01, 0), 1);

    private Path file = Path.of("");
    private byte[] whole = {};

    @BeforeEach
    void trainTwoEpochs(@TempDir Path folder) throws Exception {
        file = folder.resolve("training.checkpoint");
        int[] epoch = {0};
        AnnTrainer.train(
                TinyNetworks.CLASSIFIER,
                TinyNetworks.PREPROCESSING,
                RECIPE,
                TinyNetworks.stripes(100, 1),
                new Checkpointing(file, Checkpointing.DEFAULT_INTERVAL, false),
                progress -> epoch[0] = progress.epoch(),
                () -> epoch[0] == 2);
        whole = Files.readAllBytes(file);
    }

    private InputException refusal(TrainingRecipe recipe) {
        InputException e = assertThrows(
                InputException.class,
                () -> AnnTrainer.train(
                        TinyNetworks.CLASSIFIER,
                        TinyNetworks.PREPROCESSING,
                        recipe,
                        TinyNetworks.stripes(100, 1),
                        new Checkpointing(file, Checkpointing.DEFAULT_INTERVAL, true),
                        TrainingListener.NONE,
                        () -> true));
        assertEquals(InputException.Kind.FILE, e.kind());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        return e;
    }

    @Test
    void aTrainingThatDoesNotGoOnForgetsAnEarlierOneBeforeItBegins() throws IOException {
        new Checkpointing(file, Checkpointing.DEFAULT_INTERVAL, true).begin();
        assertTrue(Files.exists(file));
        Checkpointing anew = new Checkpointing(file, Checkpointing.DEFAULT_INTERVAL, false);
        anew.begin();
        assertFalse(Files.exists(file));
        anew.begin();
        Files.createDirectories(file.resolve("in-the-way"));
        assertThrows(InputException.class, anew::begin);
    }

    /** The tensor library aborts the process if it hears of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 5_000})
    void fullDiskIsAnOrdinaryFailure(int room) {
        try (PointerScope scope = new PointerScope()) {
            TrainingState state =
                    new TrainingState(WeightTensors.initial(TinyNetworks.CLASSIFIER, 1), new Descent.Adam(0.01, 0));
            state.weights.all().forEach(w -> w.mutable_grad().put(torch.ones_like(w)));
            state.optimiser.step();
            OutputStream full = new OutputStream() {
                private int left = room;

                @Override
                public void write(int b) throws IOException {
                    if (left-- <= 0) {
                        throw new IOException("No space left on device");
                    }
                }
            };

            IOException e = assertThrows(IOException.class, () -> Checkpoint.writeOptimiser(state, full));
            assertEquals("No space left on device", e.getMessage());
        }
    }

    @Test
    void absentFileIsRefused() throws Exception {
        Files.delete(file);

        assertTrue(refusal(RECIPE).getMessage().contains("no checkpoint"));
    }

    @Test
    void anotherRecipeIsRefused() {
        TrainingRecipe other = AnnTrainerTest.recipe(new Descent.Adam(0.02, 0), 1);

        assertTrue(refusal(other).getMessage().contains("another training"));
    }

    @Test
    void everyLengthShorterIsRefused() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            Files.write(file, Arrays.copyOf(whole, i < 3 ? i : random.nextInt(whole.length)));
            refusal(RECIPE);
        }
    }

    @Test
    void everyFlippedBitIsRefused() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            refusal(RECIPE);
        }
    }

    @Test
    void trailingBytesAreRefused() throws Exception {
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));

        assertTrue(refusal(RECIPE).getMessage().contains("damaged"));
    }

    @Test
    void cutArchiveUnderARightDigestIsRefused() throws Exception {
        for (int length : new int[] {90, 200, whole.length - 500, whole.length - 40}) {
            sign(Arrays.copyOf(whole, length));
            refusal(RECIPE);
        }
    }

    @Test
    void impossibleNumbersUnderARightDigestAreRefused() throws Exception {
        int numbers = 18 + 64;
        for (int place : new int[] {numbers, numbers + 4, numbers + 8, numbers + 16, numbers + 20, numbers + 28}) {
            byte[] body = Arrays.copyOf(whole, whole.length - 32);
            Arrays.fill(body, place, place + 4, (byte) 0xff);
            sign(body);
            refusal(RECIPE);
        }
    }

    private void sign(byte[] body) throws Exception {
        byte[] digest = Sha256.digest().digest(body);
        Files.write(
                file,
                ByteBuffer.allocate(body.length + 32).put(body).put(digest).array());
    }
}
