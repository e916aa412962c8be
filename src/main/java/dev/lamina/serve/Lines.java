package dev.lamina.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Lines of text that are written many at a time. For one thread. */
final class Lines {

    private static final int CAPACITY = 1 << 14;

    private final Consumer<ByteBuffer> out;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);

    /** @param out writes bytes, and does not keep them */
    Lines(Consumer<ByteBuffer> out) {
        this.out = out;
    }

    /** Adds a line; the buffer is written when it is full. */
    void add(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.remaining()) {
            out.accept(ByteBuffer.wrap(bytes));
        } else {
            buffer.put(bytes);
        }
    }

    /** Writes what is there. */
    void flush() {
        if (buffer.position() > 0) {
            out.accept(buffer.flip());
            buffer.clear();
        }
    }
}
