package dev.lamina.data;

import dev.lamina.io.InputException;
import dev.lamina.network.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of CIFAR-10's binary version: records of one label and 3 x 32 x 32 channel-first pixels, a byte each, and
 * nothing else.
 */
final class CifarFile {

    /** The shape of an image. */
    static final Shape SHAPE = new Shape(3, 32, 32);

    /** The number of classes. */
    static final int CLASSES = 10;

    private static final int RECORD = 1 + SHAPE.size();
    private static final String MEND = "delete it and fetch the data set again";

    private final Path path;
    private final int records;

    /**
     * The file at a path.
     *
     * @param records how many it must hold; those of the official files hold 10,000
     * @throws InputException if there is no such file, or its size is another
     */
    CifarFile(Path path, int records) {
        this.path = path;
        this.records = records;
        if (!Files.isRegularFile(path)) {
            throw InputException.file("a file of the data set is missing", path.toString(), "fetch the data set again");
        }
        long expected = (long) records * RECORD;
        try {
            long size = Files.size(path);
            if (size != expected) {
                throw damaged("the file has " + size + " bytes instead of " + expected);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The number of records. */
    int records() {
        return records;
    }

    /**
     * Reads all records.
     *
     * @param pixels receives the images, the first one at index {@code first}
     * @param labels receives the labels, the first one at {@code first}
     * @throws InputException if a label is above 9, or the file cannot be read
     */
    void read(byte[] pixels, byte[] labels, int first) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            for (int i = 0; i < records; i++) {
                int label = in.readUnsignedByte();
                if (label >= CLASSES) {
                    throw damaged("label " + label + " of image " + i + " is above " + (CLASSES - 1));
                }
                labels[first + i] = (byte) label;
                in.readFully(pixels, (first + i) * SHAPE.size(), SHAPE.size());
            }
        } catch (EOFException e) {
            throw InputException.file("the file is cut off", path.toString(), MEND, e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InputException damaged(String what) {
        return InputException.file(what, path.toString(), MEND);
    }

    private InputException unreadable(IOException e) {
        return InputException.file("cannot read the file", path.toString(), "make it readable", e);
    }
}
