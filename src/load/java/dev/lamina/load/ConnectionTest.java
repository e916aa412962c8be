package dev.lamina.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection reads what a server may answer. */
final class ConnectionTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\n\r\n";

    @Test
    void answersInChunksAndWithALengthFollowEachOther() throws IOException {
        try (ServerSocket server = server();
                Connection connection = connection(server);
                Socket client = server.accept()) {
            say(
                    client,
                    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|one~|A|two~three~|0||"
                            + "HTTP/1.1 429 Too Many|retry-after: 7|Content-Length: 3||no~");
            assertEquals(new Answer(200, 0, List.of("one", "two", "three")), connection.ask(request()));
            assertEquals(new Answer(429, 7, List.of("no")), connection.ask(request()));
            assertEquals(
                    REQUEST + REQUEST,
                    new String(client.getInputStream().readNBytes(2 * REQUEST.length()), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anAnswerThatEndsTooSoonIsNone() throws IOException {
        for (String answer : List.of(
                "",
                "HTTP/1.1 200 OK|",
                "HTTP/1.1 200 OK|Content-Length: 3||no",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|one",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|one~|")) {
            try (ServerSocket server = server();
                    Connection connection = connection(server);
                    Socket client = server.accept()) {
                say(client, answer);
                client.shutdownOutput();
                assertThrows(IOException.class, () -> connection.ask(request()), answer);
            }
        }
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Connection connection(ServerSocket server) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
        return new Connection(address, 1 << 16, in -> in);
    }

    /** Sends text; line ends are written as '|' in HTTP and as '~' in a body. */
    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream()
                .write(text.replace("|", "\r\n").replace("~", "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] request() {
        return REQUEST.getBytes(StandardCharsets.US_ASCII);
    }
}
