package dev.lamina.serve;

import static dev.lamina.serve.TestServer.DIGITS;
import static dev.lamina.serve.TestServer.MNIST;
import static dev.lamina.serve.TestServer.assertAnswer;
import static dev.lamina.serve.TestServer.assertRefused;
import static dev.lamina.serve.TestServer.await;
import static dev.lamina.serve.TestServer.expected;
import static dev.lamina.serve.TestServer.json;
import static dev.lamina.serve.TestServer.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.model.ModelFile;
import dev.lamina.sim.Inference;
import dev.lamina.sim.SpikeObserver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trainer's push, whatever else the server does. */
@Timeout(60)
final class PushUnderLoadTest {

    private static final int CLIENTS = Limits.DEFAULT.requests();
    private static final int HELD = 3;
    private static final int COUNT = 10;
    private static final int WINDOW = 4;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CountDownLatch release = new CountDownLatch(1);

    /** Holds sample {@link #HELD} in the first layer until the test releases it. */
    private final SpikeObserver holding = (layer, sample, pass, firstTick, spikes) -> {
        if (layer == SpikeObserver.INPUT && sample == HELD) {
            await(release);
        }
    };

    @AfterEach
    void letGo() {
        release.countDown();
    }

    @Test
    void aModelIsPutWhileAllPlacesAreTakenAndTheAnswersThatFollowNameIt() throws IOException {
        Map<String, Inference> known = new HashMap<>();
        for (Path file : List.of(DIGITS, MNIST)) {
            for (int i = HELD; i < HELD + COUNT; i++) {
                known.put(
                        ModelFile.sha256(file) + i,
                        expected(TestServer.model(file), i, TestServer.TIMESTEPS, TestServer.SEED));
            }
        }
        List<RawClient> clients = new ArrayList<>();
        try (TestServer server = new TestServer(limits(CLIENTS), holding)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new RawClient(server.server().address())
                        .post("/runs", "{\"first\": " + HELD + ", \"count\": " + COUNT + "}"));
            }
            awaitInFlight(server, CLIENTS);
            assertRefused(429, server.post("/runs", "{\"count\": 1}"), CLIENTS + " requests are in flight");
            assertChanged(2, server.put(Files.readAllBytes(MNIST)));
            assertChanged(3, server.post("/model/rollback", ""));
            assertChanged(4, server.put(Files.readAllBytes(MNIST)));
            assertRefused(429, server.post("/runs", "{\"count\": 1}"), CLIENTS + " requests are in flight");
            release.countDown();
            Set<Long> versions = new HashSet<>();
            for (RawClient client : clients) {
                List<JsonNode> lines = client.all()
                        .lines()
                        .filter(line -> line.startsWith("{"))
                        .map(TestServer::json)
                        .toList();
                assertEquals(COUNT, lines.size());
                for (int i = 0; i < COUNT; i++) {
                    JsonNode line = lines.get(i);
                    long version = line.path("model_version").asLong();
                    String sha256 = line.path("model_sha256").asText();
                    assertEquals(ModelFile.sha256(version % 2 == 0 ? MNIST : DIGITS), sha256);
                    assertAnswer(known.get(sha256 + (HELD + i)), line);
                    if (i >= WINDOW) {
                        assertEquals(4, version, "it was given to the chip after the last model was put");
                    }
                    versions.add(version);
                }
            }
            assertTrue(versions.contains(1L), "some were begun before: " + versions);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whileAModelComesAnotherIsToldToComeAgainAndSamplesAreAnswered() throws IOException {
        byte[] mnist = Files.readAllBytes(MNIST);
        try (TestServer server = new TestServer(limits(1), SpikeObserver.NONE);
                RawClient first = new RawClient(server.server().address())) {
            first.send(head(mnist)).send(mnist, 0, mnist.length / 2);
            awaitInFlight(server, 1);
            HttpResponse<String> second = server.put(mnist);
            assertRefused(429, second, "another model is just being put in place");
            assertEquals(Optional.of("1"), second.headers().firstValue("Retry-After"));
            assertRefused(429, server.post("/model/rollback", ""), "another model is just being put in place");
            assertEquals(1, lines(server.post("/runs", "{\"count\": 1}")).size());
            first.send(mnist, mnist.length / 2, mnist.length);
            assertTrue(first.all().startsWith("HTTP/1.1 200 "));
            assertChanged(3, server.post("/model/rollback", ""));
        }
    }

    @Test
    void aPusherThatGoesAwayLeavesThePlaceFree() throws IOException {
        byte[] mnist = Files.readAllBytes(MNIST);
        try (TestServer server = new TestServer(limits(1), SpikeObserver.NONE)) {
            try (RawClient gone = new RawClient(server.server().address())) {
                gone.send(head(mnist)).send(mnist, 0, mnist.length / 2);
                awaitInFlight(server, 1);
            }
            awaitInFlight(server, 0);
            assertChanged(2, server.put(mnist));
        }
    }

    @Test
    void theEndWaitsForAModelThatComesAndLetsNoOtherIn() throws Exception {
        byte[] mnist = Files.readAllBytes(MNIST);
        try (TestServer server = new TestServer(limits(1), SpikeObserver.NONE);
                RawClient kept = new RawClient(server.server().address());
                RawClient first = new RawClient(server.server().address());
                RawClient second = new RawClient(server.server().address())) {
            kept.send("GET /ready HTTP/1.1|Host: localhost||");
            assertTrue(kept.head().startsWith("HTTP/1.1 200 "));
            second.send("GET /ready HTTP/1.1|Host: localhost||");
            assertTrue(second.head().startsWith("HTTP/1.1 200 "));
            first.send(head(mnist)).send(mnist, 0, mnist.length / 2);
            awaitInFlight(server, 1);
            CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> server.drain(LONG));
            kept.awaitDraining();
            second.send(head(mnist)).send(mnist, 0, mnist.length);
            String answer = second.all();
            assertTrue(answer.contains("HTTP/1.1 503 "), answer);
            assertFalse(drained.isDone());
            first.send(mnist, mnist.length / 2, mnist.length);
            String changed = first.all();
            assertTrue(changed.startsWith("HTTP/1.1 200 "), changed);
            drained.get();
            assertEquals(2, server.chip().model().number());
        }
    }

    private static Limits limits(int requests) {
        return new Limits(1 << 20, 1 << 20, requests, CLIENTS * WINDOW, WINDOW, 10_000, LONG, LONG);
    }

    private static String head(byte[] model) {
        return "PUT /model HTTP/1.1|Host: localhost|Connection: close|Content-Length: " + model.length + "||";
    }

    private static void awaitInFlight(TestServer server, int requests) {
        while (server.metric("lamina_requests_in_flight") != requests) {
            assertEquals(200, server.get("/health").statusCode());
        }
    }

    private static void assertChanged(int version, HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(version, json(response.body()).path("model_version").asInt());
        assertTrue(json(response.body()).path("changed").asBoolean());
    }
}
