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
    private static final String TRAINING = """
              dataset = mnist, batch = 10, optimiser { type = adam, learning-rate = 0.02 }
              validation { size = 10 }, label = "tiny on rows"
            """;

    @TempDir
    private Path folder = Path.of("");

    private ReproducedRow reproduce() throws IOException {
        Path data = TinyData.mnist(folder);
        Path file = folder.resolve("tiny.conf");
        Files.writeString(
                file,
                "network {\n" + TinyModels.DEFINITION + "}\ntraining {\n" + TRAINING + "epochs = 30 }\nfine-tuning {\n"
                        + TRAINING + "epochs = 2, timesteps = 99 }\n");
        Dataset train = Datasets.open("mnist", Split.TRAIN, Optional.of(data));
        Dataset test = Datasets.open("mnist", Split.TEST, Optional.of(data));
        return new Reproduction(
                        ModelConfig.read(file),
                        ModelConfig.fineTuning(file),
                        PAPER,
                        train,
                        test,
                        folder.resolve("runs"))
                .run();
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
        assertEquals(5, lines.length, first);

        Path runs = folder.resolve("runs");
        byte[] kept = Files.readAllBytes(runs.resolve("measurements.json"));
        Files.delete(runs.resolve("ann.checkpoint"));
        assertEquals(first, reproduce().markdown());
        assertArrayEquals(kept, Files.readAllBytes(runs.resolve("measurements.json")));
        assertFalse(Files.exists(runs.resolve("ann.checkpoint")), "the ANN was trained again");

        Measurements measurements = new Measurements(runs.resolve("measurements.json"));
        String digest = Sha256.of(runs.resolve("hybrid-6.safetensors"));
        Measurements.Measurement whole = measurements.of("hybrid T=6", digest).orElseThrow();
        measurements.put("hybrid T=6", new Measurements.Measurement(digest, 19, 0, 1));
        reproduce();
        Measurements.Measurement rest = new Measurements(runs.resolve("measurements.json"))
                .of("hybrid T=6", digest)
                .orElseThrow();
        assertEquals(20, whole.samples());
        assertEquals(20, rest.samples());
        assertTrue(rest.right() <= 1, "only the last sample was left to measure");
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
        Path file = Files.writeString(folder.resolve("m.json"), "{\"ann\": {\"model\": \"abc\", " + numbers + "}}");
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
