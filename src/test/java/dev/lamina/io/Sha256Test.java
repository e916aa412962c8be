package dev.lamina.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Sha256Test {

    /** The one-block example of FIPS 180-2. */
    @Test
    void equalsTheKnownAnswer(@TempDir Path folder) throws IOException {
        String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
        assertEquals(expected, Sha256.of(abc));
        assertEquals(expected, Sha256.of(Files.write(folder.resolve("f"), abc)));
    }
}
