package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a model file, each command that reads one says it in one line and writes nothing. */
final class ModelComplaintsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(floats = {0, -0.5f, Float.NaN, Float.POSITIVE_INFINITY})
    void thresholdThatIsNotAboveZero(float threshold) throws IOException {
        assertRefused(TinyModels.withThreshold(folder, threshold), "layer 'hidden' has ", "threshold", "" + threshold);
    }

    @Test
    void weightThatIsNotANumber() throws IOException {
        assertRefused(TinyModels.withNaN(folder), "layer ", "NaN");
    }

    @Test
    void missingFile() throws IOException {
        Path absent = folder.resolve("absent.safetensors");
        assertRefused(absent, "no such model file: " + absent);
        assertRefused(Files.createDirectory(folder.resolve("folder")), "the model is not a file: ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.999})
    void truncatedFile(double part) throws IOException {
        Path file = TinyModels.spiking(folder);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (part * bytes.length)));
        assertRefused(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 9, 40})
    void corruptedHeader(int at) throws IOException {
        Path file = TinyModels.spiking(folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) 0xff;
        Files.write(file, bytes);
        assertRefused(file);
    }

    @Test
    void anotherKindOfFile() throws IOException {
        assertRefused(Files.writeString(folder.resolve("text"), "a poem of more than eight letters"), "safetensors");
    }

    @Test
    void simulateWantsThresholds() throws IOException {
        Path ann = TinyModels.ann(folder);
        Path config = CommandRun.config(folder, ann, "drawn-digits", "");
        CommandRun.of("simulate", config).assertComplaint(1, "has no thresholds: " + ann, "./lamina convert " + ann);
    }

    @Test
    void modelThatDoesNotFitTheData() throws IOException {
        Path small = TinyModels.spiking(folder, TinyModels.DEFINITION.replace("= 28", "= 16"));
        Path config = CommandRun.config(folder, small, "drawn-digits", "");
        String[] parts = {"the model does not fit the data: ", "1 x 16 x 16", "1 x 28 x 28", "drawn-digits"};
        CommandRun.of("simulate", config).assertComplaint(2, parts);
        CommandRun.of("bench", config).assertComplaint(2, parts);
        CommandRun.of("convert", small, "--out", folder.resolve("new")).assertComplaint(2, parts);
        CommandRun.of("finetune", small).assertComplaint(2, parts);
        Path two = TinyModels.spiking(folder, TinyModels.DEFINITION.replace("outputs = 10", "outputs = 2"));
        CommandRun.of("simulate", "sim-configs/quickstart.conf", "--model", two)
                .assertComplaint(2, "tells 2 classes apart, drawn-digits has 10");
    }

    private void assertRefused(Path model, String... parts) throws IOException {
        Path config = CommandRun.config(folder, model, "drawn-digits", "");
        Path target = folder.resolve("new.safetensors");
        String[] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = model.toString();
        long before = count();
        CommandRun.of("inspect", model).assertComplaint(1, all);
        CommandRun.of("simulate", config).assertComplaint(1, all);
        CommandRun.of("bench", config).assertComplaint(1, all);
        CommandRun.of("convert", model, "--out", target).assertComplaint(1, all);
        CommandRun.of("finetune", model, "--out", target).assertComplaint(1, all);
        assertEquals(before, count());
    }

    private long count() throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }
}
