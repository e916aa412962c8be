package dev.lamina.data;

import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A gzipped tar archive, read from front to end. It writes nothing: names are only compared, so no name in an archive
 * can lead anywhere. Not thread-safe.
 */
final class TarGz implements Closeable {

    /**
     * A regular file within the archive.
     *
     * @param name its path as the archive has it
     * @param bytes its size
     */
    record Member(String name, long bytes) {}

    /** A small file can unpack to more than anybody wants to wait for. */
    private static final long MAX_BYTES = 1L << 30;

    /** Nor need it have any content for that: headers alone pack a thousandfold. */
    private static final int MAX_MEMBERS = 1 << 12;

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_END = 500;

    private final Path file;
    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private long left;
    private long seen;
    private int members;
    private long padding;

    /**
     * Opens the archive.
     *
     * @throws InputException if it cannot be read or is not gzipped
     */
    TarGz(Path file) {
        this.file = file;
        try {
            in = Gzip.open(file);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /**
     * Goes on to the next regular file, or to the end.
     *
     * @throws InputException if the archive is damaged
     */
    Optional<Member> next() {
        try {
            return seek();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /**
     * Reads on in the present member; -1 at its end.
     *
     * @throws InputException if the archive is damaged
     */
    int read(byte[] buffer) {
        if (left == 0) {
            return -1;
        }
        try {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("it is cut off");
            }
            left -= n;
            return n;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private Optional<Member> seek() throws IOException {
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            if (in.readNBytes(header, 0, BLOCK) < BLOCK) {
                throw new EOFException("it is cut off");
            }
            if (header[0] == 0) {
                return Optional.empty();
            }
            if (number(CHECKSUM, 8) != checksum()) {
                throw new IOException("it is no tar archive");
            }
            if (++members > MAX_MEMBERS) {
                throw new IOException("it has more than " + MAX_MEMBERS + " members");
            }
            left = number(SIZE, 12);
            seen += left;
            if (seen > MAX_BYTES) {
                throw new IOException("it holds more than " + MAX_BYTES + " bytes");
            }
            padding = -left & (BLOCK - 1);
            if (header[TYPE] == '0' || header[TYPE] == 0) {
                return Optional.of(new Member(name(), left));
            }
        }
    }

    private InputException damaged(IOException e) {
        return InputException.file(
                "cannot unpack the archive (" + Reason.of(e) + ")",
                file.toString(),
                "delete it and fetch the data set again",
                e);
    }

    private String name() {
        String name = text(0, NAME);
        String prefix = text(MAGIC, MAGIC + 5).equals("ustar") ? text(PREFIX, PREFIX_END) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String text(int from, int to) {
        int end = from;
        while (end < to && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** A number in octal digits. The archives we know need no other form. */
    private long number(int from, int length) throws IOException {
        String digits = text(from, from + length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("it is no tar archive");
        }
        return Long.parseLong(digits, 8);
    }

    private long checksum() {
        byte[] copy = header.clone();
        Arrays.fill(copy, CHECKSUM, CHECKSUM + 8, (byte) ' ');
        long sum = 0;
        for (byte b : copy) {
            sum += b & 0xff;
        }
        return sum;
    }
}
