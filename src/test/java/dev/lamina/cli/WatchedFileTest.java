package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasThereFromTheStartIsNoChange() throws IOException {
        WatchedFile watched = new WatchedFile(Files.writeString(folder.resolve("f"), "one"));
        assertFalse(watched.changed());
        assertFalse(watched.changed());
    }

    @Test
    void changeIsToldOnceAndOnlyWhenItHasSettled() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "one");
        WatchedFile watched = new WatchedFile(file);
        Files.writeString(file, "another");
        assertFalse(watched.changed(), "perhaps it is still being written");
        Files.writeString(file, "another one");
        assertFalse(watched.changed(), "it was");
        assertTrue(watched.changed());
        assertFalse(watched.changed());
    }

    @Test
    void fileMayComeAndGo() throws IOException {
        Path file = folder.resolve("f");
        WatchedFile watched = new WatchedFile(file);
        assertFalse(watched.changed());
        Files.writeString(file, "one");
        assertFalse(watched.changed());
        assertTrue(watched.changed());
        Files.delete(file);
        assertFalse(watched.changed());
        assertFalse(watched.changed());
        Files.writeString(file, "three");
        assertFalse(watched.changed());
        assertTrue(watched.changed());
    }
}
