package dev.lamina.serve;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.io.InputException;
import dev.lamina.sim.Arithmetic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/*
 * Other threads answer, or now and then this one, so little of what is allocated is counted; the heap's limit holds for all. Only one client is
 * there: were it told to come again, something would have been kept that belongs to a request that is over.
 */
/**
 * What comes over a connection to the server: requests with their paths, headers and bodies. The first byte says whether the server
 * has a token.
 */
public final class HttpRequestTarget implements FuzzTarget {

    private static final String TOKEN = "0123456789abcdef";
    private static final int PATIENCE_SECONDS = 15;

    private final LocalConnector open;
    private final LocalConnector guarded;

    /** Starts the servers. */
    public HttpRequestTarget() throws IOException {
        TinyServer tiny = new TinyServer(Arithmetic.FLOAT32);
        open = start(tiny.door(Optional.empty()));
        guarded = start(tiny.door(Optional.of(Token.of(TOKEN, "the target"))));
    }

    private static LocalConnector start(FrontDoor door) {
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setDaemon(true);
        Server server = new Server(threads);
        LocalConnector connector = new LocalConnector(server, new HttpConnectionFactory(ChipServer.http()));
        connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        server.addConnector(connector);
        server.setErrorHandler(new ErrorLines());
        server.setHandler(door);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return connector;
    }

    @Override
    public List<byte[]> seeds() {
        String json = "|Content-Type: application/json; charset=utf-8|Content-Length: ";
        return Stream.of(
                        "0GET /ready HTTP/1.1|Host: [::1]:8080||HEAD /model HTTP/1.1|Host: localhost||",
                        "0GET /health HTTP/1.1|Host: 127.0.0.1.evil.example||GET /runs?x=%00 HTTP/1.1|Host: x||",
                        "0POST /runs HTTP/1.1|Host: LOCALHOST:1" + json + "11||{\"count\":2}",
                        "0POST /samples HTTP/1.1|Host: localhost|Expect: 100-continue" + json
                                + "20||{\"values\":[0,1,2,3]}",
                        "0PUT /model HTTP/1.1|Host: localhost|X-Lamina-Version: 999999999999999|"
                                + "Transfer-Encoding: chunked||4|xxxx|0||",
                        "0POST /model/rollback HTTP/1.1|Host: localhost|X-Lamina-Version: 1e9||",
                        "0GET /../model/%2e%2e/runs;x=1 HTTP/1.1|Host: localhost|Origin: null|If-None-Match: W/\"x\"||",
                        "0DELETE http://localhost/counters HTTP/1.0||",
                        "1GET /metrics HTTP/1.1|Host: anything|Authorization: bearer  " + TOKEN + " ||",
                        "1POST /runs HTTP/1.1|Host: x|Authorization: Basic " + TOKEN
                                + "|Content-Type: text/html|Content-Encoding: gzip|Content-Length: 99999999999||{}")
                .map(text -> text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Override
    public void parse(byte[] input) {
        if (input.length == 0) {
            return;
        }
        LocalConnector.LocalEndPoint connection = ((input[0] & 1) == 0 ? open : guarded).connect();
        connection.addInputAndExecute(ByteBuffer.wrap(input, 1, input.length - 1));
        connection.addInputEOF();
        connection.waitUntilClosedOrIdleFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (connection.isOpen()) {
            throw new AssertionError("there is no end to it");
        }
        if (new Answers(connection.takeOutputString(StandardCharsets.ISO_8859_1)).refused()) {
            throw InputException.file("refused", "the request", "send another");
        }
    }
}
