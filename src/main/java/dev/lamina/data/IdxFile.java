package dev.lamina.data;

import dev.lamina.io.InputException;
import dev.lamina.network.Shape;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * A file in the IDX format of MNIST, gzipped or not: a magic number, the sizes, then one unsigned byte a value, all
 * numbers big-endian. Nothing is believed: memory is only taken for bytes that are really there.
 */
final class IdxFile {

    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;

    /** More images than our data sets have. Gzip packs a thousandfold: a small file must not unpack to gigabytes. */
    private static final int MAX_COUNT = 100_000;

    private static final int MAX_BYTES = 1 << 30;

    private static final String MEND = "delete it and fetch the data set again";

    private final Path path;

    private IdxFile(Path path) {
        this.path = path;
    }

    /**
     * The file {@code name} or {@code name.gz} of a folder.
     *
     * @throws InputException if there is neither
     */
    static IdxFile of(Path folder, String name) {
        Path plain = folder.resolve(name);
        if (Files.isRegularFile(plain)) {
            return new IdxFile(plain);
        }
        Path packed = folder.resolve(name + ".gz");
        if (Files.isRegularFile(packed)) {
            return new IdxFile(packed);
        }
        throw InputException.file(
                "a file of the data set is missing", packed.toString(), "fetch the data set again, or name it so");
    }

    /**
     * Images of one channel, image after image.
     *
     * @throws InputException if this is not a whole file of images of that shape
     */
    byte[] images(Shape shape) {
        return read(IMAGES, "images", in -> {
            int count = count(in);
            int height = in.readInt();
            int width = in.readInt();
            if (height != shape.height() || width != shape.width()) {
                throw damaged("images of " + Integer.toUnsignedString(height) + " x " + Integer.toUnsignedString(width)
                        + " pixels, not " + shape.height() + " x " + shape.width());
            }
            return content(in, (long) count * shape.size());
        });
    }

    /**
     * One label an image.
     *
     * @param classes every label is below this
     * @throws InputException if this is not a whole file of such labels
     */
    byte[] labels(int classes) {
        byte[] labels = read(LABELS, "labels", in -> content(in, count(in)));
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i] & 0xff;
            if (label >= classes) {
                throw damaged("label " + label + " of image " + i + " is above " + (classes - 1));
            }
        }
        return labels;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @FunctionalInterface
    private interface Body {
        byte[] read(DataInputStream in) throws IOException;
    }

    private byte[] read(int magic, String kind, Body body) {
        try (DataInputStream in = new DataInputStream(Gzip.open(path))) {
            int found = in.readInt();
            if (found != magic) {
                throw damaged("not an IDX file of " + kind + " (it starts with " + Integer.toUnsignedString(found)
                        + " instead of " + magic + ")");
            }
            byte[] content = body.read(in);
            if (in.read() >= 0) {
                throw damaged("more bytes than its header says");
            }
            return content;
        } catch (EOFException e) {
            throw InputException.file("the file is cut off", path.toString(), MEND, e);
        } catch (ZipException e) {
            throw InputException.file("damaged gzip data", path.toString(), MEND, e);
        } catch (IOException e) {
            throw InputException.file("cannot read the file", path.toString(), "make it readable", e);
        }
    }

    private int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MAX_COUNT) {
            throw damaged("it claims to hold " + Integer.toUnsignedString(count) + " images");
        }
        return count;
    }

    /** Grows with what is really there, whatever the header claims. */
    private byte[] content(DataInputStream in, long size) throws IOException {
        if (size > MAX_BYTES) {
            throw damaged("it claims to hold " + size + " bytes");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException();
        }
        return content;
    }

    private InputException damaged(String what) {
        return InputException.file(what, path.toString(), MEND);
    }
}
