package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.network.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class IdxFileTest {

    private static final Shape SHAPE = new Shape(1, 2, 3);
    private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 255};
    private static final byte[] LABELS = {3, 0, 9};

    @TempDir
    private Path folder;

    @Test
    void readsImagesGzippedOrNotWhateverTheName() throws IOException {
        for (String name : new String[] {"a", "a.gz"}) {
            for (byte[] content : new byte[][] {images(), gzip(images())}) {
                Path file = Files.write(folder.resolve(name), content);
                assertArrayEquals(PIXELS, IdxFile.of(folder, "a").images(SHAPE));
                Files.delete(file);
            }
        }
    }

    @Test
    void readsLabels() throws IOException {
        assertArrayEquals(LABELS, file(labels()).labels(10));
        assertArrayEquals(LABELS, file(gzip(labels())).labels(10));
    }

    @Test
    void missingFileIsNamed() {
        InputException e = assertThrows(InputException.class, () -> IdxFile.of(folder, "nothing"));
        assertTrue(e.getMessage().contains("nothing.gz"), e.getMessage());
    }

    @Test
    void everyTruncationIsAComplaint() throws IOException {
        for (byte[] whole : new byte[][] {images(), gzip(images())}) {
            for (int length = 0; length < whole.length; length++) {
                IdxFile file = file(Arrays.copyOf(whole, length));
                complaint(() -> file.images(SHAPE));
            }
        }
        for (byte[] whole : new byte[][] {labels(), gzip(labels())}) {
            for (int length = 0; length < whole.length; length++) {
                IdxFile file = file(Arrays.copyOf(whole, length));
                complaint(() -> file.labels(10));
            }
        }
    }

    @Test
    void trailingBytesAreAComplaint() throws IOException {
        byte[] longer = Arrays.copyOf(images(), images().length + 1);
        assertContains("more bytes", complaint(() -> file(longer).images(SHAPE)));
        assertContains("more bytes", complaint(() -> file(gzip(longer)).images(SHAPE)));
    }

    @Test
    void wrongMagicIsAComplaint() throws IOException {
        IdxFile labels = file(labels());
        assertContains("2049 instead of 2051", complaint(() -> labels.images(SHAPE)));
        IdxFile images = file(images());
        assertContains("2051 instead of 2049", complaint(() -> images.labels(10)));
    }

    @Test
    void wrongImageSizeIsAComplaint() throws IOException {
        IdxFile images = file(images());
        assertContains("2 x 3 pixels, not 28 x 28", complaint(() -> images.images(new Shape(1, 28, 28))));
    }

    @Test
    void labelOutOfRangeIsAComplaint() throws IOException {
        IdxFile labels = file(labels());
        assertContains("label 9 of image 2 is above 8", complaint(() -> labels.labels(9)));
    }

    /** The claimed content would not fit this test's memory. */
    @Test
    void takesNoMemoryForBytesThatAreNotThere() throws IOException {
        byte[] header = header(2051, 1_000, 1 << 10, 1 << 10);
        complaint(() -> file(header).images(new Shape(1, 1 << 10, 1 << 10)));
        complaint(() -> file(gzip(header)).images(new Shape(1, 1 << 10, 1 << 10)));
        complaint(() -> file(header(2051, Integer.MAX_VALUE, 2, 3)).images(SHAPE));
        complaint(() -> file(header(2051, -1, 2, 3)).images(SHAPE));
        complaint(() -> file(header(2051, 0, 2, 3)).images(SHAPE));
        complaint(() -> file(header(2049, -2)).labels(10));
    }

    /** A megabyte of gzip can hold black images of a gigabyte. */
    @Test
    void moreImagesThanADataSetHasAreRefusedUnread() throws IOException {
        assertContains(
                "it claims to hold 100001 images",
                complaint(() -> file(gzip(header(2051, 100_001, 2, 3))).images(SHAPE)));
    }

    @Test
    void damagedHeadersAreReadRightOrRefused() throws IOException {
        for (byte[] whole : new byte[][] {images(), gzip(images())}) {
            long seed = 42;
            Random random = new Random(seed);
            for (int round = 0; round < 1_000; round++) {
                byte[] damaged = whole.clone();
                int flips = 1 + random.nextInt(3);
                for (int i = 0; i < flips; i++) {
                    damaged[random.nextInt(16)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    assertEquals(PIXELS.length, file(damaged).images(SHAPE).length);
                } catch (InputException e) {
                    assertOneLine(e);
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", round " + round, e);
                }
            }
        }
    }

    private IdxFile file(byte[] content) throws IOException {
        // A new file each time: some file systems flush one that is emptied and written again.
        Files.deleteIfExists(folder.resolve("f"));
        Files.write(folder.resolve("f"), content);
        return IdxFile.of(folder, "f");
    }

    private String complaint(Executable read) {
        InputException e = assertThrows(InputException.class, read);
        assertOneLine(e);
        assertContains(folder.toString(), e.getMessage());
        return e.getMessage();
    }

    private static void assertOneLine(InputException e) {
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    private static byte[] images() {
        return join(header(2051, 2, 2, 3), PIXELS);
    }

    private static byte[] labels() {
        return join(header(2049, 3), LABELS);
    }

    static byte[] header(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
