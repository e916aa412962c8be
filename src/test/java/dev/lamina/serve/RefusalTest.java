package dev.lamina.serve;

import static dev.lamina.serve.TestServer.assertRefusal;
import static dev.lamina.serve.TestServer.assertRefused;
import static dev.lamina.serve.TestServer.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.sim.SpikeObserver;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not served, and what is said about it. */
final class RefusalTest {

    private static final Limits SMALL =
            new Limits(1000, 3000, 4, 3, 2, 100, Duration.ofSeconds(30), Duration.ofSeconds(60));

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(SMALL, SpikeObserver.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/runs | {\"dataset\": \"mnist\"} | 404 | no data set 'mnist'",
                "/runs | {\"dataset\": \"../../etc/passwd\"} | 404 | this server has 'drawn-digits', split 'test'",
                "/runs | {\"split\": \"train\"} | 404 | split 'train'",
                "/runs | {\"first\": 150} | 400 | the data set has 150 samples",
                "/runs | {\"first\": 149, \"count\": 2} | 400 | the data set has 150 samples",
                "/runs | {\"first\": -1} | 400 | first is not a whole number from 0",
                "/runs | {\"count\": 0} | 400 | count is not a whole number from 1",
                "/runs | {\"count\": 1e2} | 400 | line 1, column 11",
                "/runs | {\"count\": 99999999999999999999} | 400 | not a whole number",
                "/runs | {\"count\": 1, \"count\": 2} | 400 | count",
                "/runs | {\"count\": 1, \"cuont\": 2} | 400 | unknown key 'cuont'",
                "/runs | {\"count\": 1} {} | 400 | something follows",
                "/runs | {\"count\": | 400 | not JSON",
                "/runs | [] | 400 | not an object",
                "/runs | {\"timesteps\": 101} | 400 | from 1 to 100",
                "/runs | {\"timesteps\": 0} | 400 | from 1 to 100",
                "/runs | {\"seed\": \"x\"} | 400 | seed is not",
                "/runs | {\"predictions_by_timestep\": 1} | 400 | neither true nor false",
                "/runs | {\"dataset\": 7} | 400 | not a text",
                "/samples | {} | 400 | no sample",
                "/samples | {\"samples\": []} | 400 | no sample",
                "/samples | {\"samples\": {}} | 400 | not an array",
                "/samples | {\"samples\": [7]} | 400 | not an object",
                "/samples | {\"samples\": [{\"values\": [1, 2, 3]}]} | 400 | give all 784 of them",
                "/samples | {\"samples\": [{\"value\": [1, 2, 3]}]} | 400 | unknown key 'value'",
                "/samples | {\"values\": [256]} | 400 | from 0 to 255",
                "/samples | {\"values\": [0.5]} | 400 | from 0 to 255",
                "/samples | {\"values\": [null]} | 400 | from 0 to 255",
                "/samples | {\"values\": [[[[[[[[[[1]]]]]]]]]]} | 400 | from 0 to 255",
                "/samples | {\"index\": -1, \"values\": []} | 400 | index is not",
                "/samples | {\"index\": 1, \"samples\": []} | 400 | the body",
                "/samples | {\"samples\": [], \"what\\u001b[31m\": 1} | 400 | unknown key",
            })
    void bodiesThatMakeNoSense(String path, String body, int status, String part) {
        assertRefused(status, server.post(path, body), part);
        assertEquals(0, server.metric("lamina_samples_in_flight"));
    }

    @Test
    void tooManyOrTooFewValues() {
        assertRefused(
                400, server.post("/samples", "{\"values\": " + "[0" + ",0".repeat(784) + "]}"), "more than 784 values");
        assertRefused(
                413, server.post("/runs", "{\"seed\":" + " ".repeat(3000) + "1}"), "the body has more than 3000 bytes");
    }

    @Test
    void pathsAndMethods() {
        assertRefused(404, server.get("/"), "ask for one of /health, /ready");
        assertRefused(404, server.get("/models"));
        assertRefused(404, server.get("/model/"));
        HttpResponse<String> wrong = send(server.request("/model").DELETE());
        assertRefused(405, wrong, "no method DELETE", "GET, PUT");
        assertEquals(Optional.of("GET, PUT"), wrong.headers().firstValue("Allow"));
        assertRefused(405, server.get("/runs"), "use POST");
        assertRefused(405, server.post("/health", "{}"), "use GET");
        assertEquals(
                0, server.metric("lamina_requests_total{endpoint=\"/models\",status=\"404\"}"), "unbounded labels");
    }

    @Test
    void typesAndLengths() throws IOException {
        assertRefused(
                415,
                send(server.request("/runs").POST(BodyPublishers.ofString("{}"))),
                "not a content type",
                "application/json");
        assertRefused(
                415,
                send(server.request("/model")
                        .header("Content-Type", "text/html")
                        .PUT(BodyPublishers.ofString("x"))),
                "application/octet-stream");
        assertRefused(
                415,
                send(server.request("/runs")
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("x"))),
                "Content-Encoding");
        assertRefused(411, server.post("/runs", ""), "no body");
        assertRefused(411, send(server.request("/model").PUT(BodyPublishers.noBody())));
        assertRefused(413, server.put(new byte[1001]), "more than 1000 bytes");
        assertRefused(413, server.put(new byte[1 << 20]), "more than 1000 bytes");
        try (RawClient chunked = new RawClient(server.server().address())) {
            String answer = chunked.send("PUT /model HTTP/1.1|Host: localhost|Connection: close|"
                            + "Transfer-Encoding: chunked||400|" + "x".repeat(1024) + "|0||")
                    .all();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        }
        try (RawClient patient = new RawClient(server.server().address())) {
            String head = patient.send(
                            "PUT /model HTTP/1.1|Host: localhost|Expect: 100-continue|" + "Content-Length: 2000000||")
                    .head();
            assertTrue(head.startsWith("HTTP/1.1 413 "), "refused before the body is sent: " + head);
        }
        assertEquals(0, server.metric("lamina_requests_in_flight"));
    }

    @Test
    void whatIsNoHttp() throws IOException {
        for (String nonsense : new String[] {
            "BLAH||",
            "GET /health HTTP/1.1||",
            "GET /%zz HTTP/1.1|Host: localhost|Connection: close||",
            "GET /health HTTP/1.1|Host: localhost|X: " + "x".repeat(10_000) + "|Connection: close||",
            "GET /health HTTP/9.9|Host: localhost||"
        }) {
            try (RawClient client = new RawClient(server.server().address())) {
                String answer = client.send(nonsense).all();
                assertTrue(answer.matches("(?s)HTTP/1.1 (400|431|505) .*"), answer);
                assertRefusal(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            }
        }
    }

    @Test
    void withoutATokenOnlyThisMachinesProgramsMayAsk() throws IOException {
        assertRefused(403, send(server.request("/counters").header("Origin", "http://evil.example")), "web page");
        for (String host : new String[] {"evil.example", "127.0.0.1.evil.example:80", "evil.example:8080"}) {
            try (RawClient client = new RawClient(server.server().address())) {
                String answer = client.send("GET /counters HTTP/1.1|Host: " + host + "|Connection: close||")
                        .all();
                assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
            }
        }
        for (String host : new String[] {"localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]:8080"}) {
            try (RawClient client = new RawClient(server.server().address())) {
                String answer = client.send("GET /counters HTTP/1.1|Host: " + host + "|Connection: close||")
                        .all();
                assertTrue(answer.startsWith("HTTP/1.1 200 "), host + answer);
            }
        }
    }

    @Test
    void withATokenWhoeverKnowsIt(@TempDir Path folder) throws IOException {
        String secret = "s3cret-s3cret-s3cret";
        Token token = Token.read(Files.writeString(folder.resolve("token"), secret + "\n"));
        assertFalse(token.toString().contains(secret));
        try (TestServer guarded =
                new TestServer(Limits.DEFAULT, Optional.of(token), Optional.empty(), SpikeObserver.NONE)) {
            for (String path : new String[] {"/counters", "/metrics", "/model", "/nowhere"}) {
                HttpResponse<String> none = guarded.get(path);
                assertRefused(401, none, "no token");
                assertEquals(Optional.of("Bearer"), none.headers().firstValue("WWW-Authenticate"));
            }
            for (String wrong : new String[] {"Bearer x", "Bearer " + secret + "x", "Basic " + secret, secret, ""}) {
                HttpResponse<String> answer = send(guarded.request("/counters").header("Authorization", wrong));
                assertRefused(401, answer, "not this server's token");
                assertFalse(answer.body().contains(secret));
            }
            assertEquals(
                    200,
                    send(guarded.request("/counters").header("Authorization", "Bearer " + secret))
                            .statusCode());
            assertEquals(200, guarded.get("/health").statusCode());
            assertEquals(200, guarded.get("/ready").statusCode());
        }
        assertThrows(InputException.class, () -> Token.of("short", "here"));
        assertThrows(InputException.class, () -> Token.of("with a blank within it", "here"));
        assertThrows(InputException.class, () -> Token.read(folder.resolve("absent")));
    }

    @Test
    void otherMachinesNeedAToken() {
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            InputException e = assertThrows(
                    InputException.class,
                    () -> new ServerSettings(host, 0, Optional.empty(), SMALL, OptionalInt.empty(), 1));
            assertTrue(String.valueOf(e.getMessage()).contains("--token-file"), e.getMessage());
        }
        assertThrows(
                InputException.class,
                () -> new ServerSettings("no such host", 0, Optional.empty(), SMALL, OptionalInt.empty(), 1));
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() {
        int port = server.server().address().getPort();
        try (ModelFolder folder = ModelFolder.open(Optional.empty())) {
            folder.copy(TestServer.DIGITS, 1);
            InputException e = assertThrows(
                    InputException.class,
                    () -> ChipServer.start(
                            server.chip(),
                            folder,
                            new ModelLoader(
                                    Optional.empty(),
                                    dev.lamina.sim.Arithmetic.FLOAT32,
                                    dev.lamina.sim.Kernels.fastest()),
                            new ServedData(TestServer.DATA, dev.lamina.data.Split.TEST),
                            new ServerSettings("127.0.0.1", port, Optional.empty(), SMALL, OptionalInt.empty(), 1)));
            assertTrue(String.valueOf(e.getMessage()).contains("port " + port), e.getMessage());
        }
    }
}
