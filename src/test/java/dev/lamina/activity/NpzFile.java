package dev.lamina.activity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A reader of {@code .npz} archives that goes by the words of format 1.0 and shares nothing with the writer. */
final class NpzFile {

    /** An array: its type and shape as the header has them, and its values. */
    record Array(String descr, String shape, ByteBuffer values) {

        int[] ints() {
            int[] ints = new int[values.remaining() / width()];
            for (int i = 0; i < ints.length; i++) {
                ints[i] = descr.equals("<i2") ? values.getShort(2 * i) : values.getInt(4 * i);
            }
            return ints;
        }

        float[] floats() {
            float[] floats = new float[values.remaining() / 4];
            values.asFloatBuffer().get(floats);
            return floats;
        }

        String[] strings() {
            String[] strings = new String[values.remaining() / width()];
            for (int i = 0; i < strings.length; i++) {
                StringBuilder text = new StringBuilder();
                for (int at = i * width(); at < (i + 1) * width() && values.getInt(at) != 0; at += 4) {
                    text.appendCodePoint(values.getInt(at));
                }
                strings[i] = text.toString();
            }
            return strings;
        }

        private int width() {
            int number = Integer.parseInt(descr.substring(2));
            return descr.charAt(1) == 'U' ? 4 * number : number;
        }
    }

    private static final Pattern HEADER =
            Pattern.compile("\\{'descr': '(<[ifU][0-9]+)', 'fortran_order': False, 'shape': (\\([0-9, ]*\\)), \\} *\n");

    private NpzFile() {}

    static Map<String, Array> read(Path file) throws IOException {
        Map<String, Array> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                String name = entry.getName();
                if (!name.endsWith(".npy")) {
                    throw new IOException("not an array: " + name);
                }
                arrays.put(name.substring(0, name.length() - 4), array(ByteBuffer.wrap(bytes)));
            }
        }
        return arrays;
    }

    private static Array array(ByteBuffer bytes) throws IOException {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[8];
        bytes.get(magic);
        if (!new String(magic, StandardCharsets.ISO_8859_1).equals("\u0093NUMPY\u0001\0")) {
            throw new IOException("not format 1.0");
        }
        byte[] header = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(header);
        Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
        if (!matcher.matches() || bytes.position() % 64 != 0) {
            throw new IOException("not a header of 1.0: " + new String(header, StandardCharsets.US_ASCII));
        }
        return new Array(matcher.group(1), matcher.group(2), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }
}
