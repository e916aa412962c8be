package dev.lamina.serve;

import java.io.IOException;
import java.io.InputStream;

/** A request's body: no more of it than is taken, and a client that breaks off is no trouble with a file. */
final class BodyStream extends InputStream {

    private final InputStream in;
    private final long limit;
    private long count;

    BodyStream(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw new ClientLost(e);
        }
        count += Math.max(0, read);
        if (count > limit) {
            throw Refusal.tooLarge(limit);
        }
        return read;
    }
}
