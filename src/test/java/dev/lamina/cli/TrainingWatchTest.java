package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.train.TrainingProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingWatchTest {

    @TempDir
    private Path folder;

    private static TrainingProgress end(int epoch, double loss) {
        return new TrainingProgress(
                "x", epoch, 9, 5, 5, loss, 0.1, OptionalDouble.of(0.1), 1e-4, DoubleLists.immutable.empty(), 60);
    }

    private List<String> said(Path table, double loss) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (TrainingWatch watch =
                new TrainingWatch("training", new EpochTable(table, List.of()), false, 10, model -> {})) {
            watch.begun();
            for (int epoch = 1; epoch <= 9; epoch++) {
                watch.progressed(end(epoch, loss));
            }
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("epoch ") && !line.startsWith("training: "))
                .toList();
    }

    @Test
    void lossOfGuessingIsToldOnce() {
        List<String> said = said(folder.resolve("ann.csv"), Math.log(10) + 0.001);
        assertEquals(1, said.size(), said.toString());
        assertTrue(
                said.get(0).startsWith("after 5 epochs the loss is still that of guessing, 2.303: "), said.toString());
        assertEquals(List.of(), said(folder.resolve("ann.csv"), 2.2));
    }

    @Test
    void tableThatCanNotBeWrittenCostsALine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        List<String> said = said(file.resolve("ann.csv"), 1);
        assertEquals(9, said.size(), said.toString());
        said.forEach(line -> assertTrue(
                line.contains(file.toString()) && line.endsWith("; it is tried again after the next epoch"), line));
    }

    @Test
    void complaintAboutACheckpointIsALine() {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (TrainingWatch watch =
                new TrainingWatch("training", new EpochTable(folder.resolve("a"), List.of()), false, 10, model -> {})) {
            watch.notSaved(InputException.file("cannot write the file", "ann.checkpoint", "free the disk"));
        } finally {
            System.setErr(before);
        }
        assertEquals(
                "cannot write the file: ann.checkpoint: free the disk; until it can be written, --resume goes on from what"
                        + " was written before\n",
                bytes.toString(StandardCharsets.UTF_8));
    }
}
