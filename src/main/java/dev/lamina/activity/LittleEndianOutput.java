package dev.lamina.activity;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as bytes, the least significant first, gathered before they go on to a stream. For one thread. */
final class LittleEndianOutput implements Closeable {

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long bytes;

    LittleEndianOutput(OutputStream out) {
        this.out = out;
    }

    /** The number of bytes since the last {@link #restart}. */
    long bytes() {
        return bytes;
    }

    /** Counts bytes from 0 again. */
    void restart() {
        bytes = 0;
    }

    void putByte(int value) throws IOException {
        reserve(Byte.BYTES).put((byte) value);
    }

    void putShort(int value) throws IOException {
        reserve(Short.BYTES).putShort((short) value);
    }

    void putInt(int value) throws IOException {
        reserve(Integer.BYTES).putInt(value);
    }

    /** Hands on what was gathered. */
    void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Closes the stream without handing on what was gathered. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private ByteBuffer reserve(int size) throws IOException {
        if (buffer.remaining() < size) {
            flush();
        }
        bytes += size;
        return buffer;
    }
}
