package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.TarGz.Member;
import dev.lamina.io.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarGzTest {

    private static final byte[] CONTENT = new byte[700];

    static {
        Arrays.fill(CONTENT, (byte) 7);
    }

    @TempDir
    private Path folder;

    @Test
    void passesOverWhatIsNoRegularFileOrNotRead() throws IOException {
        byte[] bytes = new Tar()
                .member("d/", '5', "00000000000", new byte[0])
                .member("link", '2', "00000000000", new byte[0])
                .file("d/skipped", new byte[513])
                .file("d/empty", new byte[0])
                .file("d/a", CONTENT)
                .bytes();
        try (TarGz tar = new TarGz(file(IdxFileTest.gzip(bytes)))) {
            assertEquals(Optional.of(new Member("d/skipped", 513)), tar.next());
            assertEquals(Optional.of(new Member("d/empty", 0)), tar.next());
            assertEquals(-1, tar.read(new byte[9]));
            assertEquals(Optional.of(new Member("d/a", 700)), tar.next());
            assertArrayEquals(CONTENT, readAll(tar));
            assertEquals(Optional.empty(), tar.next());
        }
    }

    @Test
    void everyTruncationIsAComplaint() throws IOException {
        byte[] whole = new Tar().file("a", CONTENT).bytes();
        for (int length = 0; length < whole.length - 1024; length += 61) {
            Path file = file(IdxFileTest.gzip(Arrays.copyOf(whole, length)));
            assertThrows(InputException.class, () -> walk(file));
        }
    }

    @Test
    void everyTruncationOfThePackedFileIsReadOrRefused() throws IOException {
        byte[] packed = IdxFileTest.gzip(new Tar().file("a", CONTENT).bytes());
        for (int length = 0; length < packed.length; length++) {
            assertReadOrRefused(Arrays.copyOf(packed, length));
        }
    }

    @Test
    void damagedHeadersAreReadOrRefused() throws IOException {
        byte[] whole = new Tar().file("a", CONTENT).file("b", CONTENT).bytes();
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(512)] ^= (byte) (1 << random.nextInt(8));
            assertReadOrRefused(damaged);
        }
    }

    @Test
    void sizesThatCannotBeAreRefused() throws IOException {
        for (String size :
                new String[] {"77777777777", "-0000000001", "00000000008", "           ", "\u0080\0\0\0\0\0\0\0\1"}) {
            Path file = file(new Tar().member("a", '0', size, CONTENT).bytes());
            assertThrows(InputException.class, () -> walk(file), size);
        }
    }

    @Test
    void endlessHeadersAreRefused() throws IOException {
        Tar tar = new Tar();
        for (int i = 0; i <= 1 << 12; i++) {
            tar.file("a", new byte[0]);
        }
        Path file = file(IdxFileTest.gzip(tar.bytes()));
        InputException e = assertThrows(InputException.class, () -> walk(file));
        assertTrue(
                e.getMessage().startsWith("cannot unpack the archive (it has more than 4096 members)"), e.getMessage());
    }

    private void assertReadOrRefused(byte[] content) throws IOException {
        try {
            walk(file(content));
        } catch (InputException e) {
            assertTrue(e.getMessage().startsWith("cannot unpack the archive"), e.getMessage());
        }
    }

    private Path file(byte[] content) throws IOException {
        Files.deleteIfExists(folder.resolve("f.tar.gz"));
        return Files.write(folder.resolve("f.tar.gz"), content);
    }

    private static void walk(Path file) {
        try (TarGz tar = new TarGz(file)) {
            while (tar.next().isPresent()) {
                readAll(tar);
            }
        }
    }

    private static byte[] readAll(TarGz tar) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[100];
        for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }
}
