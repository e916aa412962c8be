package dev.lamina.activity;

import dev.lamina.io.AtomicFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/*
 * DELETE_ON_CLOSE takes the name away as soon as the file is open where the system can (Linux, macOS), and else when it is closed;
 * so the room is free again even after the process was killed.
 */
/**
 * Whole numbers on the disk rather than in memory: written one after the other, then read from the first on, any number of times.
 * The file vanishes when the spool is closed, or the process ends. For one thread.
 */
final class Spool implements Closeable {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private boolean reading;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    /** An empty spool in the folder of {@code file}, which is made if needed. */
    static Spool beside(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.resolveSibling(""));
        Path temporary = AtomicFile.temporaryName(target);
        return new Spool(FileChannel.open(
                temporary,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Adds a number. */
    void put(int value) throws IOException {
        if (reading) {
            throw new IllegalStateException("a spool is written first and then read");
        }
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.putInt(value);
    }

    /** Turns to the first number. */
    void rewind() throws IOException {
        if (!reading) {
            drain();
            reading = true;
        }
        channel.position(0);
        buffer.limit(0);
    }

    /**
     * The next number.
     *
     * @throws EOFException if there is none
     */
    int next() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // A read may bring less than there is room for.
            }
            buffer.flip();
            if (!buffer.hasRemaining()) {
                throw new EOFException("nothing more was written");
            }
        }
        return buffer.getInt();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
