package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.train.TrainingProgress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochTableTest {

    private static final String HEAD =
            "epoch,loss,training_accuracy,validation_accuracy,learning_rate,seconds,rate_a,rate_b";

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void choosePlace() {
        file = folder.resolve("model.csv");
    }

    private EpochTable table(boolean resume) {
        EpochTable table = new EpochTable(file, List.of("a", "b"));
        if (resume) {
            table.goOn();
        }
        return table;
    }

    private static TrainingProgress end(int epoch) {
        return new TrainingProgress(
                "x", epoch, 9, 5, 5, 0.5, 0.75, OptionalDouble.of(0.8), 1e-4, DoubleLists.immutable.of(0.25, 1), 60);
    }

    private static String row(int epoch) {
        return epoch + ",0.500000,0.750000,0.800000,0.000100000,1.5,0.250000,1.000000";
    }

    @Test
    void rowsAreWrittenAsTheyCome() throws IOException {
        EpochTable table = table(false);
        table.start(0.7);
        assertEquals(List.of(HEAD, "0,,,0.700000,,,,"), Files.readAllLines(file));
        table.end(end(1), 1.5);
        table.end(end(2), 1.5);
        assertEquals(List.of(HEAD, "0,,,0.700000,,,,", row(1), row(2)), Files.readAllLines(file));
        assertEquals(OptionalDouble.of(0.7), table.start());
    }

    @Test
    void resumedTableHasNeitherDuplicatesNorGaps() throws IOException {
        EpochTable first = table(false);
        first.start(0.7);
        for (int epoch = 1; epoch <= 4; epoch++) {
            first.end(end(epoch), 1.5);
        }
        // The checkpoint was of the midst of epoch 3: that epoch ends again.
        EpochTable resumed = table(true);
        resumed.end(end(3), 1.5);
        assertEquals(List.of(HEAD, "0,,,0.700000,,,,", row(1), row(2), row(3)), Files.readAllLines(file));
        assertEquals(OptionalDouble.of(0.7), resumed.start());
    }

    @Test
    void newTrainingBeginsANewTable() throws IOException {
        table(false).end(end(1), 1.5);
        EpochTable again = table(false);
        assertEquals(OptionalDouble.empty(), again.start());
        again.end(end(2), 1.5);
        assertEquals(List.of(HEAD, row(2)), Files.readAllLines(file));
        EpochTable none = new EpochTable(folder.resolve("none.csv"), List.of());
        none.goOn();
        assertEquals(OptionalDouble.empty(), none.start());
    }

    @Test
    void aFileThatIsTooLargeIsRefusedUnread() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 30);
        }
        InputException e = assertThrows(InputException.class, () -> table(true));
        assertTrue(e.getMessage().contains("larger than"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a poem\n", HEAD + ",rate_c\n", HEAD + "\n1,2\n", HEAD + "\nx,,,,,,,\n"})
    void otherFilesAreRefused(String text) throws IOException {
        Files.writeString(file, text);
        InputException e = assertThrows(InputException.class, () -> table(true));
        assertTrue(e.getMessage().startsWith("not this training's table of epochs: " + file), e.getMessage());
        assertEquals(text, Files.readString(file));
    }
}
