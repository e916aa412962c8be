package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.model.ModelFile;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FineTuneCommandTest {

    private static final String MODEL = "network {\n" + TinyModels.DEFINITION + "}\n" + """
            training {
              dataset = mnist, epochs = 1, batch = 10, validation { size = 10 }
              optimiser { type = adam, learning-rate = 0.01 }
            }
            """;

    private static final String FINE_TUNING = """
            fine-tuning {
              dataset = mnist, timesteps = 4, epochs = 2, batch = 10, validation { size = 10 }
              optimiser { type = sgd, learning-rate = 0.01 }
              surrogate { type = linear, gamma = 0.5 }
            }
            """;

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Path start = Path.of("");

    @BeforeEach
    void write() throws IOException {
        data = TinyData.mnist(folder);
        start = TinyModels.spiking(folder);
    }

    private CommandRun finetune(Object... options) {
        Object[] words = new Object[options.length + 4];
        words[0] = "finetune";
        words[1] = start;
        words[2] = "--data";
        words[3] = data;
        System.arraycopy(options, 0, words, 4, options.length);
        return CommandRun.of(words);
    }

    private Path recipe(String fineTuning) throws IOException {
        return Files.writeString(folder.resolve("tiny.conf"), MODEL + fineTuning);
    }

    private SpikingModel hybrid() {
        return ModelFile.readSpiking(folder.resolve("hybrid.safetensors"));
    }

    @Test
    void float16IsTheModelThatIsWritten() throws IOException {
        finetune("--recipe", recipe(FINE_TUNING), "--float16").assertDone();

        assertEquals(
                "weights rounded to float16", hybrid().provenance().history().getLast());
        assertArrayEquals(
                hybrid().weights().toFloat16().tensor(0), hybrid().weights().tensor(0));
    }

    @Test
    void tunedModelGoesToTheSimulator() throws IOException {
        CommandRun run = finetune("--recipe", recipe(FINE_TUNING)).assertDone();
        Path hybrid = folder.resolve("hybrid.safetensors");
        assertTrue(
                run.out()
                        .matches("\\Q" + hybrid + "\\E: 2 epochs, T = 4, validation [0-9.]+ % before, [0-9.]+ % of 10"
                                + " samples\ntest it: ./lamina simulate sim-configs/lenet5-mnist.conf --model \\Q"
                                + hybrid + "\\E --timesteps 4\n"),
                run.out());
        assertEquals(3, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("epoch 0 of 2: validation "), run.err());
        assertEquals(4, hybrid().timesteps());
        String history = hybrid().provenance().history().getLast();
        assertTrue(history.contains("linear, gamma 0.5") && history.contains("sgd, "), history);
        List<String> table = Files.readAllLines(folder.resolve("hybrid.csv"));
        assertEquals(4, table.size());
        assertTrue(table.get(0).endsWith(",seconds,rate_hidden"), table.get(0));
        Path config = CommandRun.config(folder, hybrid, "mnist", "");
        CommandRun simulated = CommandRun.of("simulate", config, "--data", data).assertDone();
        assertTrue(simulated.out().contains("T = 4"), simulated.out());
        CommandRun.of("inspect", hybrid).assertDone();
        // The section is nobody's trouble else.
        CommandRun.of("train", folder.resolve("tiny.conf"), "--data", data, "--out", folder.resolve("ann.safetensors"))
                .assertDone();
        assertEquals(
                "epoch,loss,training_accuracy,validation_accuracy,learning_rate,seconds",
                Files.readAllLines(folder.resolve("ann.csv")).get(0));
    }

    @Test
    void optionsReplaceKeysOfTheRecipe() throws IOException {
        finetune(
                        "--recipe",
                        recipe(FINE_TUNING),
                        "--timesteps",
                        3,
                        "--epochs",
                        1,
                        "--batch",
                        7,
                        "--epoch-samples",
                        14,
                        "--learning-rate",
                        0.002,
                        "--surrogate",
                        "spike-timing",
                        "--beta",
                        0.5,
                        "--logits",
                        "mean",
                        "--precision",
                        "bfloat16",
                        "--seed",
                        9,
                        "--leak",
                        0.75)
                .assertDone();
        SpikingModel model = hybrid();
        String history = model.provenance().history().getLast();
        assertEquals(3, model.timesteps());
        assertEquals(0.75f, model.neuron().leak());
        assertEquals(9, model.provenance().seed());
        assertTrue(history.contains("over 3 time steps (spike timing, alpha 0.3, beta 0.5, "), history);
        assertTrue(history.contains("1 of 1 epochs with sgd, learning rate 0.002"), history);
        assertTrue(history.contains("batch 7, ") && history.contains("bfloat16"), history);
    }

    @Test
    void samplesThatTheModelDidNotSeeAreHeldBackAndOthersTold() throws IOException {
        SpikingModel model = ModelFile.readSpiking(start);
        ValidationSplit split = new ValidationSplit(20, ValidationSplit.Draw.SEEDED, 7);
        ModelFile.write(
                start, model.withProvenance(Provenance.of("mnist", 1, "made").withValidation(Optional.of(split))));

        CommandRun same = finetune("--epochs", 1, "--batch", 10).assertDone();
        assertTrue(same.out().contains(" of 20 samples\n"), same.out());
        assertFalse(same.err().contains("trained on before"), same.err());
        assertEquals(Optional.of(split), hybrid().provenance().validation());

        CommandRun other =
                finetune("--recipe", recipe(FINE_TUNING), "--overwrite").assertDone();
        assertTrue(
                other.err()
                        .startsWith(
                                "some of the 10 validation samples were trained on before, and their accuracy says too"
                                        + " much: the model's own training held back { size = 20, draw = seeded, seed = 7 }\n"),
                other.err());
        assertEquals(Optional.empty(), hybrid().provenance().validation());
        String within = FINE_TUNING.replace("size = 10", "size = 10, draw = seeded, seed = 7");
        assertFalse(finetune("--recipe", recipe(within), "--overwrite")
                .assertDone()
                .err()
                .contains("trained on before"));
    }

    @Test
    void samplesHeldBackThatAreNotThoseOfTheTrainingSetAreTold() {
        SpikingModel model = ModelFile.readSpiking(start);
        ValidationSplit split = new ValidationSplit(TinyData.TRAINING, ValidationSplit.Draw.SEEDED, 7);
        ModelFile.write(
                start, model.withProvenance(Provenance.of("mnist", 1, "made").withValidation(Optional.of(split))));

        CommandRun run = finetune("--epochs", 1, "--batch", 10).assertDone();
        assertTrue(
                run.err().startsWith("the model's lamina.validation does not fit: it tells of 60 samples held back"),
                run.err());
    }

    @Test
    void builtInRecipeTakesDataSetAndTimeStepsFromTheModel() throws IOException {
        // The model says that it was made for the drawn digits.
        CommandRun run = finetune(
                        "--epoch-samples",
                        64,
                        "--learn-thresholds",
                        "--learn-leak",
                        "--neuron-learning-rate",
                        0.01,
                        "--gamma",
                        0.3)
                .assertDone();
        assertTrue(run.out().contains(": 1 epoch, T = 5, "), run.out());
        assertTrue(run.out().contains(" of 1,000 samples\n"), run.out());
        assertTrue(run.out().contains("sim-configs/quickstart.conf"), run.out());
        assertNotEquals(
                ModelFile.readSpiking(start).neuron().leak(), hybrid().neuron().leak());
    }

    @Test
    void fromScratchForgetsTheWeights() throws IOException {
        Path recipe = recipe(FINE_TUNING);
        finetune("--recipe", recipe, "--from-scratch", "--seed", 3).assertDone();
        SpikingModel first = hybrid();
        assertTrue(
                first.provenance().history().getFirst().equals("weights drawn at random"),
                first.provenance().history().toString());
        start = folder.resolve("hybrid.safetensors");
        Path again = folder.resolve("again.safetensors");
        finetune("--recipe", recipe, "--from-scratch", "--seed", 3, "--out", again)
                .assertDone();
        assertArrayEquals(
                first.weights().tensor(0),
                ModelFile.readSpiking(again).weights().tensor(0));
    }

    @Test
    void resumesWhatIsThereAndSaysWhenNothingIs() throws IOException {
        Path recipe = recipe(FINE_TUNING);
        finetune("--recipe", recipe, "--resume")
                .assertComplaint(1, "no checkpoint to resume from: " + folder.resolve("hybrid.checkpoint"));
        CommandRun first = finetune("--recipe", recipe).assertDone();
        List<String> table = Files.readAllLines(folder.resolve("hybrid.csv"));
        CommandRun again = finetune("--recipe", recipe, "--resume").assertDone();
        assertEquals(first.out(), again.out());
        assertEquals("", again.err());
        assertEquals(table, Files.readAllLines(folder.resolve("hybrid.csv")));
        finetune("--recipe", recipe).assertComplaint(2, "an earlier training lies there: ", "hybrid.checkpoint");
        finetune("--recipe", recipe, "--resume", "--timesteps", 9)
                .assertComplaint(1, "the checkpoint is of another training");
        start = TinyModels.spiking(folder, TinyModels.DEFINITION.replace("kernel = 4", "kernel = 7"));
        finetune("--recipe", recipe, "--resume").assertComplaint(1, "the checkpoint is of another training");
        start = TinyModels.spiking(folder, TinyModels.DEFINITION.replace("hidden", "concealed"));
        finetune("--recipe", recipe, "--resume").assertComplaint(1, "the checkpoint is of another training");
    }

    @Test
    void aServerThatIsNotThereCostsALineAndLeavesNoFile() throws IOException {
        CommandRun run = finetune("--recipe", recipe(FINE_TUNING), "--push", "http://127.0.0.1:1")
                .assertDone();
        assertEquals(
                2,
                run.err()
                        .lines()
                        .filter(line -> line.startsWith("not pushed, "))
                        .count(),
                run.err());
        assertEquals(
                List.of("hybrid.checkpoint", "hybrid.csv", "hybrid.safetensors", "snn.safetensors", "tiny.conf"),
                FileChanges.names(folder));
    }

    @Test
    void inputIsNeverOverwritten() throws IOException {
        byte[] before = Files.readAllBytes(start);
        finetune("--out", start).assertComplaint(2, "the file to write is the one to read: " + start, "--out");
        Path renamed = Files.copy(start, folder.resolve("hybrid.safetensors"));
        finetune("--push", start, "--recipe", recipe(FINE_TUNING), "--out", folder.resolve("x.safetensors"))
                .assertComplaint(2, "the file to write is the one to read: " + start, "--push");
        start = renamed;
        finetune().assertComplaint(2, "the file to write is the one to read: " + renamed);
        assertArrayEquals(before, Files.readAllBytes(renamed));
    }

    @Test
    void ordinaryNetworkIsSentToConvert() throws IOException {
        start = TinyModels.ann(folder);
        finetune().assertComplaint(1, "has no thresholds: " + start, "./lamina convert " + start);
    }

    @Test
    void recipeWithoutTheSectionIsRefused() throws IOException {
        finetune("--recipe", recipe("")).assertComplaint(2, "no section 'fine-tuning': ", "tiny.conf");
        finetune("--recipe", folder.resolve("none.conf")).assertComplaint(2, "no such configuration file: ");
        CommandRun.of("train", recipe("fine-tuning { timestep = 3 }"), "--data", data)
                .assertComplaint(2, "missing key 'fine-tuning.timesteps'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--timesteps 0 | key 'fine-tuning.timesteps' is 0: command line: give it a whole number from 1 to 65536",
                "--timesteps 65537 | key 'fine-tuning.timesteps' is 65537: command line: ",
                "--epochs 0 | key 'fine-tuning.epochs' is 0: command line: ",
                "--epoch-samples 0 | key 'fine-tuning.epoch-samples' is 0: command line: ",
                "--neuron-learning-rate 0.1 | a learning rate for neurons that do not learn: command line: ",
                "--batch 0 | key 'fine-tuning.batch' is 0: command line: ",
                "--batch x | 'x' is not a whole number (or too large): command line: see ./lamina finetune --help",
                "--learning-rate 0 | key 'fine-tuning.optimiser.learning-rate' is 0.0: command line: ",
                "--surrogate spike-timing --alpha -1 | key 'fine-tuning.surrogate.alpha' is -1.0: command line: ",
                "--surrogate linear --alpha 1 | unknown key 'fine-tuning.surrogate.alpha': command line: ",
                "--surrogate arctan | 'arctan' is not one of spike-timing, linear: ",
                "--logits max | 'max' is not one of sum, mean: ",
                "--precision int8 | 'int8' is not one of float32, bfloat16: ",
                "--leak 1.5 | --leak is 1.5: command line: ",
                "--checkpoint-minutes -1 | --checkpoint-minutes is -1.0: command line: ",
            })
    void wrongOptionIsOneLine(String line, String complaint) throws IOException {
        Object[] words = (line + " --recipe " + recipe(FINE_TUNING)).split(" ");
        finetune(words).assertComplaint(2, complaint);
        assertFalse(Files.exists(folder.resolve("hybrid.safetensors")));
    }
}
