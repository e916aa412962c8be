package dev.lamina.data;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import dev.lamina.network.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** IDX files of images, here of 4 x 4 pixels, and of labels. */
public final class IdxFileTarget implements FuzzTarget {

    private static final String FILE = "idx";
    private static final Shape SHAPE = new Shape(1, 4, 4);
    private static final int CLASSES = 10;
    /** The last byte of the labels' magic number. */
    private static final int LABELS = 1;

    private final Scratch scratch;

    /** Makes the folder. */
    public IdxFileTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        byte[] images = ByteBuffer.allocate(16 + 3 * SHAPE.size())
                .putInt(2051)
                .putInt(3)
                .putInt(SHAPE.height())
                .putInt(SHAPE.width())
                .array();
        byte[] labels = ByteBuffer.allocate(8 + 3)
                .putInt(2049)
                .putInt(3)
                .put(new byte[] {1, 2, 9})
                .array();
        return List.of(images, labels, IdxFileTest.gzip(images), IdxFileTest.gzip(labels));
    }

    @Override
    public void parse(byte[] input) throws IOException {
        scratch.file(FILE, input);
        IdxFile file = IdxFile.of(scratch.folder(), FILE);
        if (input.length > 3 && input[3] == LABELS) {
            file.labels(CLASSES);
        } else {
            file.images(SHAPE);
        }
    }
}
