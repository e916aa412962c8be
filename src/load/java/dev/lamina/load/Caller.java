package dev.lamina.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** One who asks, and connects anew when the connection is broken. Whatever goes wrong is counted. For one thread. */
final class Caller implements AutoCloseable {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int OK = 200;
    private static final int BUFFER = 1 << 16;

    /** What the system may take for a client that is slow: as little as it lets itself be told. */
    private static final int SMALL_BUFFER = 1 << 11;

    private final Load load;
    private final Kind kind;
    private final boolean slow;
    private Optional<Connection> connection = Optional.empty();

    Caller(Load load, Kind kind) {
        this.load = load;
        this.kind = kind;
        slow = kind == Kind.SLOW;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param begin by {@link System#nanoTime}, when the time until the answer begins
     * @return the answer of status 200; empty if there was none. Who was told to come again later has waited so long
     */
    Optional<Answer> ask(byte[] request, long begin) {
        Answer answer;
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(connect());
            }
            answer = connection.get().ask(request);
        } catch (IOException | RuntimeException e) {
            load.tally().error(kind + ": " + e);
            close();
            pause(1);
            return Optional.empty();
        }
        long end = System.nanoTime();
        if (answer.status() == TOO_MANY_REQUESTS) {
            load.tally().refused();
            pause(answer.retryAfter());
            return Optional.empty();
        } else if (answer.status() != OK) {
            load.tally().error(kind + ": " + answer);
            pause(1);
            return Optional.empty();
        }
        load.latencies().record(kind, end - begin);
        load.tally().answered(kind);
        return Optional.of(answer);
    }

    private Connection connect() throws IOException {
        UnaryOperator<InputStream> reader = in -> slow ? new SlowInput(in, load::goesOn) : in;
        return new Connection(load.server(), slow ? SMALL_BUFFER : BUFFER, reader);
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Override
    public void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (IOException e) {
            load.tally().error(kind + ": " + e);
        }
        connection = Optional.empty();
    }
}
