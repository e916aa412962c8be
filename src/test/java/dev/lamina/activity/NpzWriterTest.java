package dev.lamina.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpzWriterTest {

    @TempDir
    private Path folder;

    @Test
    void arraysComeBack() throws IOException {
        Path file = folder.resolve("a.npz");
        try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
            npz.array("short", NpyType.INT16, List.of(3L), out -> {
                for (int value : new int[] {1, -2, 0x1234}) {
                    out.putShort(value);
                }
            });
            npz.array("table", NpyType.INT32, List.of(50_000L, 2L), out -> {
                for (int i = 0; i < 100_000; i++) {
                    out.putInt(-i);
                }
            });
            npz.array("none", NpyType.FLOAT32, List.of(0L), out -> {});
            npz.names("names", List.of("conv1", "é\uD83D\uDE00", ""));
        }
        Map<String, NpzFile.Array> arrays = NpzFile.read(file);
        assertEquals("(3,)", arrays.get("short").shape());
        assertArrayEquals(new int[] {1, -2, 0x1234}, arrays.get("short").ints());
        assertEquals("(50000, 2,)", arrays.get("table").shape());
        assertEquals(-99_999, arrays.get("table").ints()[99_999]);
        assertEquals("(0,)", arrays.get("none").shape());
        assertEquals(0, arrays.get("none").floats().length);
        assertEquals("<U5", arrays.get("names").descr());
        assertArrayEquals(
                new String[] {"conv1", "é\uD83D\uDE00", ""}, arrays.get("names").strings());
    }

    @Test
    void valuesAreAsManyAsTheShapeSays() {
        NpzWriter npz = new NpzWriter(new ByteArrayOutputStream());
        Exception refused = assertThrows(
                IllegalStateException.class,
                () -> npz.array("short", NpyType.INT16, List.of(3L), out -> out.putShort(1)));
        assertEquals("short has 2 bytes, not 6", refused.getMessage());
    }
}
