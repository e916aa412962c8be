package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReproductionTest {

    private static final PaperRow PAPER = new PaperRow(90, 20, 80, List.of(new PaperRow.Reduced(6, 70, 75)));
    private String training = """
              dataset = mnist, batch = 10, optimiser { type = adam, learning-rate = 0.02 }
              validation { size = 10 }, label = "tiny on rows"
            """;

    @TempDir
    private Path folder = Path.of("");

    private ReproducedRow reproduce() throws IOException {
        return reproduce(folder.resolve("runs"));
    }

    private ReproducedRow reproduce(Path runs) throws IOException {
        Path file = folder.resolve("tiny.conf");
        Files.writeString(
                file,
                "network {\n" + TinyModels.DEFINITION + "}\ntraining {\n" + training + "epochs = 30 }\nfine-tuning {\n"
                        + training + "epochs = 2, timesteps = 99 }\n");
        return reproduce(runs, file);
    }

    private ReproducedRow reproduce(Path runs, Path file) throws IOException {
        Path data = TinyData.mnist(folder);
        Dataset train = Datasets.open("mnist", Split.TRAIN, Optional.of(data));
        Dataset test = Datasets.open("mnist", Split.TEST, Optional.of(data));
        return new Reproduction(ModelConfig.read(file), ModelConfig.fineTuning(file), PAPER, train, test, runs).run();
    }

    @Test
    void trainingThatLeadsNowhereIsNotedInTheRow() throws IOException {
        training = training.replace(
                "type = adam, learning-rate = 0.02", "type = sgd, learning-rate = 100, weight-decay = 1");
        ReproducedRow row = reproduce();
        String complaint = String.valueOf(row.failure().orElseThrow().getMessage());
        assertTrue(complaint.startsWith("the training diverged"), complaint);
        assertTrue(complaint.contains("; remove " + folder.resolve("runs").resolve("ann.checkpoint")), complaint);
        assertTrue(row.markdown().matches("(?s).*\nNot done: the ANN, after \\d+ of 30 epochs.*"), row.markdown());
        assertFalse(Files.exists(folder.resolve("runs").resolve("ann.safetensors")));
    }

    /** One after the other in one test, for each beginning takes seconds. */
    @Test
    void everyCellIsFilledOnceAndWhatIsLeftIsGoneOnWith() throws IOException {
        String first = reproduce().markdown();

        String[] lines = first.split("\n", -1);
        assertEquals(
                "| tiny on rows | ANN | conversion, T = 20 | baseline, T = 6 | scaled, T = 6 | hybrid, T = 6 |",
                lines[0]);
        String number = "\\d+\\.\\d\\d";
        assertTrue(
                lines[2].matches("\\| reproduced \\| %s \\| %s \\| %s \\| %s \\(k = \\d\\.\\d\\) \\| %s \\|"
                        .replace("%s", number)),
                lines[2]);
        assertEquals("| the paper | 90.00 | 80.00 |  | 70.00 | 75.00 |", lines[3]);
        assertTrue(
                lines[5].matches("Seed 1; the hybrids trained for 2 epochs of \\d+ samples\\."
                        + " The ordinary network: trained 30 of 30 epochs with .*\\."
                        + " Evaluated on 20 test samples, the spiking networks event by event, in \\d+ s\\."),
                lines[5]);
        assertEquals(7, lines.length, first);

        Path runs = folder.resolve("runs");
        byte[] kept = Files.readAllBytes(runs.resolve("measurements.json"));
        Files.delete(runs.resolve("ann.checkpoint"));
        assertEquals(first, reproduce().markdown());
        assertArrayEquals(kept, Files.readAllBytes(runs.resolve("measurements.json")));
        assertFalse(Files.exists(runs.resolve("ann.checkpoint")), "the ANN was trained again");

        Measurements measurements = new Measurements(runs.resolve("measurements.json"));
        String digest = Origins.digest(List.of(
                Sha256.of(runs.resolve("hybrid-6.safetensors")),
                Datasets.open("mnist", Split.TEST, Optional.of(folder)).sha256(),
                "1"));
        Measurements.Measurement whole = measurements.of("hybrid T=6", digest).orElseThrow();
        measurements.put("hybrid T=6", new Measurements.Measurement(digest, 19, 0, 1));
        reproduce();
        Measurements.Measurement rest = new Measurements(runs.resolve("measurements.json"))
                .of("hybrid T=6", digest)
                .orElseThrow();
        assertEquals(20, whole.samples());
        assertEquals(20, rest.samples());
        assertTrue(rest.right() <= 1, "only the last sample was left to measure");

        anOrdinaryNetworkThatWasBroughtIsTakenAsItIs(runs);
        refusesWhatWasMadeFromSomethingElse(runs);
    }

    private void refusesWhatWasMadeFromSomethingElse(Path runs) throws IOException {
        training = training.replace("0.02", "0.01");
        assertRefused(runs.resolve("ann.safetensors"));
        Files.delete(runs.resolve("ann.safetensors"));
        Files.createFile(runs.resolve("ann.checkpoint"));
        assertRefused(runs.resolve("ann.checkpoint"));
        Files.delete(runs.resolve("ann.checkpoint"));
        assertRefused(runs.resolve("baseline.safetensors"));
    }

    private void anOrdinaryNetworkThatWasBroughtIsTakenAsItIs(Path runs) throws IOException {
        Path brought = Files.createDirectories(folder.resolve("brought"));
        Files.copy(runs.resolve("ann.safetensors"), brought.resolve("ann.safetensors"));
        assertTrue(reproduce(brought).markdown().contains("hybrid, T = 6"));
        assertFalse(Files.exists(brought.resolve("ann.csv")), "it was trained");

        Path wrong = Files.createDirectories(folder.resolve("wrong"));
        Files.copy(runs.resolve("ann.safetensors"), wrong.resolve("ann.safetensors"));
        Path file = folder.resolve("tiny.conf");
        Files.writeString(file, Files.readString(file).replace("outputs = 8", "outputs = 9"));
        InputException e = assertThrows(InputException.class, () -> reproduce(wrong, file));
        assertTrue(
                e.getMessage().startsWith("another network, preprocessing or data set than the recipe's: " + wrong),
                e.getMessage());
    }

    private void assertRefused(Path file) {
        InputException e = assertThrows(InputException.class, this::reproduce);
        assertTrue(
                e.getMessage().startsWith("not made from what it would be made from now")
                        && e.getMessage().contains(": " + file + ": "),
                e.getMessage());
    }

    @Test
    void rowSaysHowFarATrainingIs() {
        ReproducedRow row = new ReproducedRow("tiny", PAPER, 1, "the hybrids trained for 2 epochs");
        row.note("the ANN", 0, 20, 0);
        row.note("fine-tuning at T = 6", 1, 2, 0.5);
        List<String> notes =
                row.markdown().lines().filter(line -> line.startsWith("Not")).toList();
        assertEquals(
                List.of(
                        "Not done: the ANN, after 0 of 20 epochs",
                        "Not done: fine-tuning at T = 6, after 1 of 2 epochs, validation 50.00 %"),
                notes);
        assertTrue(row.markdown().endsWith("\n\nSeed 1.\n"), row.markdown());
        row.hybrid(6, new Measurements.Measurement("abc", 0, 0, 0));
        assertTrue(row.markdown().endsWith("\n\nSeed 1; the hybrids trained for 2 epochs.\n"), row.markdown());
    }

    @Test
    void folderInThePlaceOfACheckpointIsToldAsSuch() throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve("runs").resolve("ann.checkpoint"));
        InputException e = assertThrows(InputException.class, this::reproduce);
        assertTrue(
                e.getMessage().startsWith("a folder is in the place of the checkpoint: " + checkpoint + ": move it"),
                e.getMessage());
    }

    @Test
    void measurementOfAnotherModelCountsForNothing() throws IOException {
        Measurements measurements = new Measurements(folder.resolve("m.json"));
        measurements.put("ann", new Measurements.Measurement("abc", 10, 9, 1));

        assertTrue(new Measurements(folder.resolve("m.json")).of("ann", "abd").isEmpty());
        assertEquals(
                90,
                new Measurements(folder.resolve("m.json"))
                        .of("ann", "abc")
                        .orElseThrow()
                        .percent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"samples\": -1, \"right\": -1, \"seconds\": 1",
                "\"samples\": 10, \"right\": 11, \"seconds\": 1",
                "\"samples\": 10, \"right\": -5, \"seconds\": 1",
                "\"samples\": 10, \"right\": 5, \"seconds\": 1e999",
                "\"samples\": 10"
            })
    void numbersThatCanNotBeMeasuredAreRefused(String numbers) throws IOException {
        Path file = Files.writeString(folder.resolve("m.json"), "{\"ann\": {\"subject\": \"abc\", " + numbers + "}}");
        InputException e = assertThrows(InputException.class, () -> new Measurements(file).of("ann", "abc"));
        assertTrue(e.getMessage().startsWith("the measurements so far can not be read: " + file), e.getMessage());
    }

    @Test
    void wrongWordsAreOneLine() {
        CommandRun unknown = CommandRun.of("reproduce", "alexnet");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().startsWith("lamina: the paper's table has no such network: alexnet: "), unknown.err());

        CommandRun budget = CommandRun.of("reproduce", "lenet5", "--budget", "soon");
        assertEquals(2, budget.status());
        assertTrue(budget.err().startsWith("lamina: --budget is 'soon': command line: "), budget.err());
    }
}
