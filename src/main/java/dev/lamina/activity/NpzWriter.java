package dev.lamina.activity;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/*
 * An array is a ZIP entry NAME.npy in format 1.0 of [1]: the magic string, the version, the length of the header in two bytes, the
 * header, a Python dictionary padded with spaces so that the values begin at a multiple of 64, and the values.
 *
 * The entries are deflated at the fastest level. Their sizes, which nobody knows beforehand, stand behind the data and in the
 * directory; the latter takes eight bytes for what four can not hold (Zip64).
 *
 * [1] https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
/**
 * Writes NumPy arrays, one after the other, into an {@code .npz} archive that {@code numpy.load} opens. The same arrays give the
 * same bytes. For one thread.
 */
final class NpzWriter implements Closeable {

    /** Writes an array's values, the last axis running fastest. */
    @FunctionalInterface
    interface Values {
        void writeTo(LittleEndianOutput out) throws IOException;
    }

    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;

    /** The earliest that a ZIP archive knows; the time of the run would make each file another. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final LittleEndianOutput out;

    /** An empty archive on a stream, which is closed with it. */
    NpzWriter(OutputStream stream) {
        zip = new ZipOutputStream(stream);
        zip.setLevel(Deflater.BEST_SPEED);
        out = new LittleEndianOutput(zip);
    }

    /**
     * Adds an array.
     *
     * @param name what it is called
     * @param type the type of its elements
     * @param shape the length of each axis
     * @param values writes as many values as the shape says
     * @throws IllegalStateException if it writes more or less
     */
    void array(String name, NpyType type, List<Long> shape, Values values) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        header(type, shape);
        out.restart();
        values.writeTo(out);
        long due = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
        if (out.bytes() != due) {
            throw new IllegalStateException(name + " has " + out.bytes() + " bytes, not " + due);
        }
        out.flush();
        zip.closeEntry();
    }

    /** Adds an array of names. */
    void names(String name, List<String> values) throws IOException {
        int width = Math.max(
                1, values.stream().mapToInt(NpzWriter::codePoints).max().orElse(1));
        array(name, NpyType.text(width), List.of((long) values.size()), data -> {
            for (String value : values) {
                for (int codePoint : Arrays.copyOf(value.codePoints().toArray(), width)) {
                    data.putInt(codePoint);
                }
            }
        });
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void header(NpyType type, List<Long> shape) throws IOException {
        // A tuple of one has a comma as well.
        String axes = shape.stream().map(axis -> axis + ", ").collect(Collectors.joining());
        String dictionary =
                "{'descr': '" + type.descr() + "', 'fortran_order': False, 'shape': (" + axes.stripTrailing() + "), }";
        int length = PREFIX + dictionary.length() + 1;
        String padding = " ".repeat(Math.floorMod(-length, ALIGNMENT));
        String header = dictionary + padding + "\n";
        out.putByte(0x93);
        ascii("NUMPY");
        out.putByte(1);
        out.putByte(0);
        out.putShort(header.length());
        ascii(header);
    }

    private void ascii(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            out.putByte(text.charAt(i));
        }
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }
}
