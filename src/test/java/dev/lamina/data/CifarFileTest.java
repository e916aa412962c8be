package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CifarFileTest {

    private static final int RECORD = 3073;

    @TempDir
    private Path folder;

    @Test
    void readsRecordsToTheirPlace() throws IOException {
        byte[] content = new byte[2 * RECORD];
        content[0] = 9;
        content[1] = 11;
        content[RECORD - 1] = 12;
        content[RECORD] = 4;
        content[2 * RECORD - 1] = (byte) 255;
        byte[] pixels = new byte[3 * (RECORD - 1)];
        byte[] labels = new byte[3];
        new CifarFile(file(content), 2).read(pixels, labels, 1);
        assertEquals(9, labels[1]);
        assertEquals(4, labels[2]);
        assertEquals(11, pixels[RECORD - 1]);
        assertEquals(12, pixels[2 * (RECORD - 1) - 1]);
        assertEquals((byte) 255, pixels[pixels.length - 1]);
        assertEquals(0, pixels[RECORD - 2]);
    }

    @Test
    void anyOtherSizeIsAComplaint() throws IOException {
        for (int size : new int[] {0, 1, RECORD, 2 * RECORD - 1, 2 * RECORD + 1, 3 * RECORD}) {
            Path file = file(new byte[size]);
            InputException e = assertThrows(InputException.class, () -> new CifarFile(file, 2));
            assertTrue(e.getMessage().contains(size + " bytes instead of " + 2 * RECORD), e.getMessage());
        }
    }

    @Test
    void fileThatShrinksBeforeItIsReadIsAComplaint() throws IOException {
        CifarFile file = new CifarFile(file(new byte[2 * RECORD]), 2);
        file(new byte[RECORD + 5]);
        assertThrows(InputException.class, () -> file.read(new byte[2 * (RECORD - 1)], new byte[2], 0));
    }

    @Test
    void labelOutOfRangeIsAComplaint() throws IOException {
        byte[] content = new byte[2 * RECORD];
        Arrays.fill(content, RECORD, 2 * RECORD, (byte) 10);
        CifarFile file = new CifarFile(file(content), 2);
        InputException e =
                assertThrows(InputException.class, () -> file.read(new byte[2 * (RECORD - 1)], new byte[2], 0));
        assertTrue(e.getMessage().startsWith("label 10 of image 1 is above 9: "), e.getMessage());
    }

    @Test
    void missingFileIsAComplaint() {
        assertThrows(InputException.class, () -> new CifarFile(folder.resolve("none.bin"), 2));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("batch.bin"), content);
    }
}
