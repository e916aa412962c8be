package dev.lamina.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/** Reads a little at a time, with pauses: 20 KB a second at most. For one thread. */
final class SlowInput extends FilterInputStream {

    private static final int PIECE = 1 << 10;
    private static final int PAUSE_MILLIS = 50;

    private final BooleanSupplier slow;

    /** @param slow whether it still is to be slow */
    SlowInput(InputStream in, BooleanSupplier slow) {
        super(in);
        this.slow = slow;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!slow.getAsBoolean()) {
            return super.read(bytes, offset, length);
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return super.read(bytes, offset, Math.min(length, PIECE));
    }
}
