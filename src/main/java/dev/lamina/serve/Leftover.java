package dev.lamina.serve;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/*
 * A request may be refused before its body is read. Were the connection closed at once, the client, still sending,
 * would see it reset and might never read why. A client that waits to be asked for its body does not send any.
 */
/**
 * What is left of a body when its request has been answered: it is read, so much of it at most, and thrown away,
 * without a thread.
 */
final class Leftover extends Callback.Nested implements Runnable {

    private final Request request;
    private long left;

    /** @param done is called when there is no more to be read, or no more is read */
    Leftover(Request request, long limit, Callback done) {
        super(done);
        this.request = request;
        left = limit;
    }

    @Override
    public void succeeded() {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            super.succeeded();
        } else {
            run();
        }
    }

    @Override
    public void run() {
        while (left >= 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                break;
            }
            boolean last = chunk.isLast();
            left -= chunk.remaining();
            chunk.release();
            if (last) {
                break;
            }
        }
        super.succeeded();
    }
}
