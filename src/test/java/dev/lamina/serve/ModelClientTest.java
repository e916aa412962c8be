package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose server is none of ours. */
@Timeout(60)
final class ModelClientTest {

    private static final Path FILE = TestServer.DIGITS;
    private static final String EMPTY = "HTTP/1.1 200 OK|Content-Length: 0|Connection: close|";

    /** Answers every connection with the same, then goes on with some more for ever, or keeps silent if there is no more. */
    private record Impostor(ServerSocket socket, String answer, String more) implements AutoCloseable {

        static Impostor of(String answer, String more) throws IOException {
            Impostor impostor = new Impostor(
                    new ServerSocket(0, 9, InetAddress.getLoopbackAddress()), answer.replace("|", "\r\n"), more);
            Thread thread = new Thread(impostor::serve);
            thread.setDaemon(true);
            thread.start();
            return impostor;
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    OutputStream out = client.getOutputStream();
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    byte[] again = more.repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
                    while (again.length > 0) {
                        out.write(again);
                    }
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client, or the test, is gone.
                }
            }
        }

        String refusal() {
            ModelClient client = new ModelClient(
                    "http://127.0.0.1:" + socket.getLocalPort(), Optional.empty(), Duration.ofSeconds(3));
            String message =
                    String.valueOf(assertThrows(InputException.class, () -> client.push(FILE, OptionalLong.empty()))
                            .getMessage());
            assertEquals(1, message.lines().count(), message);
            assertTrue(message.length() < 1300, message);
            return message;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "-1", "99999999999999999999", "1e999999999", ""})
    void aVersionThatIsNoNumberIsNoAnswer(String version) throws IOException {
        String head = EMPTY + "ETag: \"" + ModelFile.sha256(FILE) + "\"|X-Lamina-Version: " + version + "||";
        try (Impostor impostor = Impostor.of(head, "")) {
            assertTrue(impostor.refusal().contains("see whether that is the address of 'lamina serve'"));
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws IOException {
        try (Impostor impostor = Impostor.of("HTTP/1.1 200 OK|Content-Length: 999999999999||", "[")) {
            assertTrue(impostor.refusal().contains("see whether that is the address of 'lamina serve'"));
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForForever() throws IOException {
        try (Impostor impostor = Impostor.of("HTTP/1.1 500 No|Transfer-Encoding: chunked||9|", "")) {
            assertTrue(impostor.refusal().contains("no whole answer in 3 s"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "||",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 abc|||",
                "SSH-2.0-OpenSSH_9.6|",
                "HTTP/1.1 99999999999 |Content-Length: x||",
                "HTTP/1.1 200 OK|Content-Length: -5||",
                "HTTP/1.1 401 No|WWW-Authenticate: Basic|Content-Length: 0|Connection: close||",
                "HTTP/1.1 302 Found|Location: http://127.0.0.1:1/|Content-Length: 0|Connection: close||"
            })
    void whatIsNoAnswerIsToldInOneLine(String answer) throws IOException {
        try (Impostor impostor = Impostor.of(answer, "")) {
            impostor.refusal();
        }
    }

    @Test
    void aNumberThatIsTooLargeIsNoVersion() {
        String digest = "0".repeat(64);
        for (String number : new String[] {"18446744073709551617", "1e999999999", "-1", "0", "0.5", "\"\"", "{}"}) {
            String body = "{\"model_version\": " + number + ", \"model_sha256\": \"" + digest + "\"}";
            ServerAnswer answer =
                    new ServerAnswer(200, Optional.empty(), Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
            assertThrows(InputException.class, () -> answer.pushed(URI.create("http://here/model")), number);
        }
    }
}
