package dev.lamina.serve;

import static dev.lamina.serve.TestServer.assertAnswer;
import static dev.lamina.serve.TestServer.assertRefused;
import static dev.lamina.serve.TestServer.await;
import static dev.lamina.serve.TestServer.expected;
import static dev.lamina.serve.TestServer.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.SpikeObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than the server takes on, clients that do not read or go away, and the end. */
@Timeout(60)
final class LoadTest {

    private static final int HELD = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final SpikingModel model = TestServer.model(TestServer.DIGITS);

    /** Holds sample {@link #HELD} in the first layer until the test releases it. */
    private final SpikeObserver holding = (layer, sample, pass, firstTick, spikes) -> {
        if (layer == SpikeObserver.INPUT && sample == HELD) {
            held.countDown();
            await(release);
        }
    };

    @AfterEach
    void letGo() {
        release.countDown();
    }

    @Test
    void whoFindsNoPlaceIsToldToComeAgain() throws Exception {
        try (TestServer server = new TestServer(limits(1, 8, LONG, LONG), holding)) {
            CompletableFuture<HttpResponse<String>> first = later(server, "{\"first\": 3, \"count\": 2}");
            await(held);
            HttpResponse<String> busy = server.post("/runs", "{\"count\": 1}");
            assertRefused(429, busy, "1 requests are in flight");
            assertEquals(Optional.of("1"), busy.headers().firstValue("Retry-After"));
            assertRefused(429, server.get("/model"), "1 requests are in flight");
            assertEquals(200, server.get("/health").statusCode());
            assertEquals(200, server.get("/counters").statusCode());
            assertEquals(1, server.metric("lamina_requests_in_flight"));
            release.countDown();
            assertEquals(2, lines(first.get()).size());
            assertEquals(1, lines(server.post("/runs", "{\"count\": 1}")).size());
        }
    }

    @Test
    void whoseSamplesFindNoRoomIsToldToComeAgain() throws Exception {
        try (TestServer server = new TestServer(limits(8, 3, LONG, LONG), holding)) {
            CompletableFuture<HttpResponse<String>> first = later(server, "{\"first\": 3, \"count\": 2}");
            await(held);
            assertRefused(429, server.post("/runs", "{\"count\": 2}"), "of the 3 samples");
            String one = "{\"values\": " + TestServer.values(0) + "}";
            assertRefused(429, server.post("/samples", "{\"samples\": [" + one + "," + one + "]}"), "of the 3 samples");
            assertEquals(1, lines(server.post("/runs", "{\"count\": 1}")).size(), "there is room for one");
            release.countDown();
            assertEquals(2, lines(first.get()).size());
            assertEquals(2, lines(server.post("/runs", "{\"count\": 2}")).size());
            String four = "{\"samples\": [" + one + "," + one + "," + one + "," + one + "]}";
            assertRefused(413, server.post("/samples", four), "more than 3 samples");
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyAndMissesNothing() throws IOException {
        try (TestServer server = new TestServer(limits(4, 64, LONG, LONG), SpikeObserver.NONE);
                RawClient slow = new RawClient(server.server().address(), 1 << 10)) {
            slow.post("/runs", "{\"count\": 150, \"timesteps\": 100, \"predictions_by_timestep\": true}");
            slow.head();
            for (int i = 0; i < 3; i++) {
                List<JsonNode> lines = lines(server.post("/runs", "{\"count\": 20}"));
                assertEquals(20, lines.size());
                assertAnswer(expected(model, 19, TestServer.TIMESTEPS, TestServer.SEED), lines.get(19));
            }
            List<String> answers =
                    slow.all().lines().filter(line -> line.startsWith("{")).toList();
            assertEquals(150, answers.size());
            assertAnswer(expected(model, 149, 100, TestServer.SEED), TestServer.json(answers.get(149)));
        }
    }

    @Test
    void whoNeverReadsIsGivenUpAndThePlaceIsFree() throws IOException {
        Limits limits = limits(1, 64, Duration.ofMillis(300), LONG);
        try (TestServer server = new TestServer(limits, SpikeObserver.NONE);
                RawClient never = new RawClient(server.server().address(), 1 << 10)) {
            never.post("/runs", "{\"count\": 150, \"timesteps\": 1000, \"predictions_by_timestep\": true}");
            never.head();
            HttpResponse<String> other = untilThereIsAPlace(server);
            assertEquals(1, lines(other).size());
            assertEquals(1, server.metric("lamina_requests_total{endpoint=\"POST /runs\",status=\"499\"}"));
            while (server.metric("lamina_samples_in_flight") > 0) {
                assertEquals(200, server.get("/health").statusCode());
            }
            assertTrue(server.metric("lamina_samples_answered_total") < 150, "its run was not fed any more");
        }
    }

    @Test
    void whoGoesAwayLeavesNothingBehind() throws IOException {
        try (TestServer server = new TestServer(limits(1, 64, LONG, LONG), SpikeObserver.NONE)) {
            try (RawClient gone = new RawClient(server.server().address(), 1 << 10)) {
                gone.post("/runs", "{\"count\": 150, \"timesteps\": 1000, \"predictions_by_timestep\": true}");
                gone.head();
            }
            try (RawClient half = new RawClient(server.server().address())) {
                half.send("PUT /model HTTP/1.1|Host: localhost|Content-Length: 1000||only this");
            }
            HttpResponse<String> other = untilThereIsAPlace(server);
            assertEquals(1, lines(other).get(0).path("model_version").asInt());
            while (server.metric("lamina_samples_in_flight") > 0) {
                assertEquals(200, server.get("/health").statusCode());
            }
        }
    }

    @Test
    void aRequestThatTakesTooLongIsEndedWithALine() {
        try (TestServer server = new TestServer(limits(1, 64, LONG, Duration.ofMillis(300)), holding)) {
            List<JsonNode> lines = lines(server.post("/runs", "{\"count\": 6}"));
            release.countDown();
            assertTrue(lines.size() <= HELD + 1, "sample 3 is held: " + lines);
            TestServer.assertRefusal(lines.get(lines.size() - 1).toString(), "took too long: sample ");
        }
    }

    @Test
    void aClientThatSendsTooSlowlyIsCutOff() throws IOException {
        Limits limits = limits(1, 64, Duration.ofMillis(200), Duration.ofMillis(200));
        try (TestServer server = new TestServer(limits, SpikeObserver.NONE);
                RawClient slow = new RawClient(server.server().address())) {
            String answer = slow.send("PUT /model HTTP/1.1|Host: localhost|Content-Length: 1000||only this")
                    .all();
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertEquals(1, lines(server.post("/runs", "{\"count\": 1}")).size());
        }
    }

    @Test
    void theEndWaitsForWhatIsInFlightAndLetsNobodyElseIn() throws Exception {
        try (TestServer server = new TestServer(limits(4, 64, LONG, LONG), holding);
                RawClient kept = new RawClient(server.server().address());
                RawClient second = new RawClient(server.server().address())) {
            CompletableFuture<HttpResponse<String>> first = later(server, "{\"count\": 10}");
            await(held);
            for (RawClient client : List.of(kept, second)) {
                client.send("GET /ready HTTP/1.1|Host: localhost||");
                assertTrue(client.head().startsWith("HTTP/1.1 200 "));
            }
            CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> server.drain(LONG));
            kept.awaitDraining();
            awaitNobodyNew(server);
            second.send("POST /runs HTTP/1.1|Host: localhost|Content-Type: application/json|Content-Length: 2||{}");
            assertTrue(second.nextHead().startsWith("HTTP/1.1 503 "));
            release.countDown();
            List<JsonNode> lines = lines(first.get());
            assertEquals(10, lines.size());
            assertAnswer(expected(model, 9, TestServer.TIMESTEPS, TestServer.SEED), lines.get(9));
            drained.get();
        }
    }

    @Test
    void whatIsNotFinishedInTimeIsToldSo() throws Exception {
        try (TestServer server = new TestServer(limits(4, 64, LONG, LONG), holding)) {
            CompletableFuture<HttpResponse<String>> first = later(server, "{\"count\": 10}");
            await(held);
            CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> server.drain(Duration.ofMillis(50)));
            List<JsonNode> lines = lines(first.get());
            release.countDown();
            drained.get();
            assertTrue(lines.size() <= HELD + 1, lines.toString());
            TestServer.assertRefusal(lines.get(lines.size() - 1).toString(), "about to end");
        }
    }

    private static Limits limits(int requests, int samples, Duration idle, Duration request) {
        return new Limits(1 << 20, 1 << 20, requests, samples, 4, 10_000, idle, request);
    }

    /** The answer to a run of one sample, as soon as there is a place for it. */
    private static HttpResponse<String> untilThereIsAPlace(TestServer server) {
        while (true) {
            try {
                HttpResponse<String> answer = server.post("/runs", "{\"count\": 1}");
                if (answer.statusCode() != 429) {
                    return answer;
                }
            } catch (UncheckedIOException e) {
                // The client's kept connection stood still for too long, and was closed as the request went out.
            }
        }
    }

    private static CompletableFuture<HttpResponse<String>> later(TestServer server, String run) {
        return CompletableFuture.supplyAsync(() -> TestServer.send(server.request("/runs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(run))));
    }

    /** Until connections are refused, which is when the thread that accepts them has heard of it. */
    private static void awaitNobodyNew(TestServer server) {
        assertThrows(IOException.class, () -> {
            while (true) {
                new RawClient(server.server().address()).close();
            }
        });
    }
}
