package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import dev.lamina.model.AnnModel;
import dev.lamina.model.ModelFile;
import dev.lamina.train.TrainingEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainCommandTest {

    private static final String TRAINING = """
            training {
              dataset = mnist, epochs = EPOCHS, batch = 10, validation { size = 10 }
              optimiser { type = adam, learning-rate = 0.01 }
            }
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        data = TinyData.mnist(folder);
        config = Files.writeString(
                folder.resolve("tiny.conf"),
                "network {\n" + TinyModels.DEFINITION + "}\n" + TRAINING.replace("EPOCHS", "3"));
    }

    @Test
    void trainedModelGoesOnToBenchAndBack() throws IOException {
        Path ann = folder.resolve("new").resolve("ann.safetensors");
        CommandRun run = train("--out", ann).assertDone();
        assertTrue(run.out().startsWith(ann + ": 3 epochs, validation "), run.out());
        assertTrue(run.out().endsWith(" % of 20 samples\n"), run.out());
        assertEquals(3, run.err().lines().count(), run.err());
        run.err().lines().forEach(line -> assertTrue(line.matches("epoch [1-3] of 3: loss .*"), line));
        assertEquals(4, Files.readAllLines(ann.resolveSibling("ann.csv")).size());
        assertTrue(ModelFile.read(ann) instanceof AnnModel);
        CommandRun.of("convert", ann, "--data", data, "--balance-timesteps", 5).assertDone();
        Path snn = ann.resolveSibling("snn.safetensors");
        Path simulation = CommandRun.config(folder, snn, "mnist", "timesteps = 5");
        CommandRun bench = CommandRun.of("bench", simulation, "--data", data, "--rounds", 1)
                .assertDone();
        assertTrue(bench.out().contains("tiny, trained, 20 samples, T = 5, float32, 1 rounds"), bench.out());
        assertTrue(bench.out().contains("predictions agree on 100.00 % of samples"), bench.out());
    }

    @Test
    void resumesWhatIsThereAndSaysWhenNothingIs() {
        Path ann = folder.resolve("ann.safetensors");
        train("--out", ann, "--resume")
                .assertComplaint(1, "no checkpoint to resume from: " + folder.resolve("ann.checkpoint"));
        train("--out", ann).assertDone();
        CommandRun again = train("--out", ann, "--resume").assertDone();
        assertTrue(again.out().contains(": 3 epochs, "), again.out());
        assertEquals("", again.err());
    }

    @Test
    void folderInThePlaceOfWhatIsWrittenBesideIsNoEarlierTraining() throws IOException {
        Path ann = folder.resolve("ann.safetensors");
        Path checkpoint = Files.createDirectory(folder.resolve("ann.checkpoint"));
        for (String option : List.of("--epochs=3", "--resume", "--overwrite")) {
            train("--out", ann, option)
                    .assertComplaint(
                            1,
                            "a folder is in the place of the checkpoint: " + checkpoint
                                    + ": move it away, or choose another --out");
        }
        Files.delete(checkpoint);
        Path table = Files.createDirectory(folder.resolve("ann.csv"));
        train("--out", ann).assertComplaint(1, "a folder is in the place of the table of epochs: " + table);
        assertFalse(Files.exists(ann));
    }

    @Test
    void anEarlierTrainingIsReplacedOnlyIfToldSo() throws IOException {
        Path ann = folder.resolve("ann.safetensors");
        train("--out", ann).assertDone();
        List<String> names = List.of("ann.safetensors", "ann.checkpoint", "ann.csv");
        List<String> before = digests(names);

        train("--out", ann, "--seed", 2)
                .assertComplaint(
                        2,
                        "an earlier training lies there: " + folder.resolve("ann.checkpoint")
                                + ": go on with it (--resume), replace it (--overwrite), or choose another --out");
        train("--out", ann, "--resume", "--overwrite")
                .assertComplaint(2, "--resume and --overwrite contradict each other");
        assertEquals(before, digests(names));

        train("--out", ann, "--seed", 2, "--overwrite").assertDone();
        assertNotEquals(before, digests(names));
        train("--out", ann, "--seed", 2, "--resume").assertDone();
    }

    private List<String> digests(List<String> names) throws IOException {
        List<String> digests = new ArrayList<>();
        for (String name : names) {
            digests.add(Sha256.of(Files.readAllBytes(folder.resolve(name))));
        }
        return digests;
    }

    @Test
    void optionsReplaceKeysOfTheRecipe() {
        Path ann = folder.resolve("ann.safetensors");
        CommandRun run = train("--out", ann, "--epochs", 2, "--learning-rate", 0.002, "--checkpoint-minutes", 0.5)
                .assertDone();
        assertTrue(run.out().startsWith(ann + ": 2 epochs, "), run.out());
        assertTrue(ModelFile.read(ann).provenance().history().getLast().contains("0.002"));
        train("--out", ann, "--epochs", 0).assertComplaint(2, "key 'training.epochs' is 0: command line: ");
    }

    @Test
    void goesOnFromTheWeightsOfAFile() {
        Path first = folder.resolve("first.safetensors");
        train("--out", first).assertDone();
        Path second = folder.resolve("second.safetensors");
        train("--out", second, "--from", first).assertDone();

        assertEquals(2, ModelFile.read(second).provenance().history().size());
        train("--out", second, "--from", first, "--resume").assertDone();
        train("--out", second, "--resume").assertComplaint(1, "second.checkpoint");
    }

    @Test
    void startIsNeverOverwritten() throws IOException {
        Path first = folder.resolve("first.safetensors");
        train("--out", first).assertDone();
        byte[] before = Files.readAllBytes(first);

        train("--out", first, "--from", first)
                .assertComplaint(2, "the file to write is the one to read: " + first, "--out");
        train("--out", folder.resolve("x.safetensors"), "--from", first, "--push", first)
                .assertComplaint(2, "the file to write is the one to read: " + first, "--push");

        assertArrayEquals(before, Files.readAllBytes(first));
    }

    @Test
    void stoppedBeforeAnythingIsKeptThereIsNothingToResume() {
        TrainingFiles files = new TrainingFiles(folder.resolve("ann.safetensors"));
        AnnModel any = TinyModels.annModel(TinyModels.network(TinyModels.DEFINITION));
        InputException e = assertThrows(InputException.class, () -> files.write(any, 0, new TrainingEnd.Stopped()));
        assertTrue(String.valueOf(e.getMessage()).endsWith("start again"), e.getMessage());
    }

    @Test
    void bestOfATrainingThatFailedIsWrittenAndNamed() {
        TrainingFiles files = new TrainingFiles(folder.resolve("ann.safetensors"));
        AnnModel best = TinyModels.annModel(TinyModels.network(TinyModels.DEFINITION));
        TrainingEnd failed = new TrainingEnd.Failed("what", "where", "mend");

        InputException e = assertThrows(InputException.class, () -> files.write(best, 2, failed));

        assertEquals(
                "what: where: mend; " + files.model() + " holds the best until epoch 2, to go on from", e.getMessage());
        assertTrue(Files.exists(files.model()));
        assertThrows(InputException.class, () -> files.writeIfCompleted(best, failed));
    }

    @Test
    void weightsOfAnotherNetworkAreOneLine() throws IOException {
        Path first = folder.resolve("first.safetensors");
        train("--out", first).assertDone();
        Files.writeString(config, Files.readString(config).replace("outputs = 8", "outputs = 9"));

        train("--out", folder.resolve("x.safetensors"), "--from", first)
                .assertComplaint(1, "the weights are those of another network: " + first);
    }

    @Test
    void badRecipeIsOneLine() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.conf"),
                "network {\n" + TinyModels.DEFINITION + "}\n" + TRAINING.replace("EPOCHS", "0"));
        CommandRun.of("train", bad, "--data", data, "--out", folder.resolve("x.safetensors"))
                .assertComplaint(2, "key 'training.epochs' is 0: " + bad + " line ");
    }

    private CommandRun train(Object... options) {
        Object[] words = new Object[options.length + 4];
        words[0] = "train";
        words[1] = config;
        words[2] = "--data";
        words[3] = data;
        System.arraycopy(options, 0, words, 4, options.length);
        return CommandRun.of(words);
    }
}
