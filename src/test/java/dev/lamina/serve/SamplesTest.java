package dev.lamina.serve;

import static dev.lamina.serve.TestServer.assertAnswer;
import static dev.lamina.serve.TestServer.expected;
import static dev.lamina.serve.TestServer.json;
import static dev.lamina.serve.TestServer.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.SpikeObserver;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers to samples: those of the simulator, however they are asked for. */
final class SamplesTest {

    private static final SpikingModel MODEL = TestServer.model(TestServer.DIGITS);

    @Test
    void aRunIsAnsweredAsTheSimulatorWouldInTheOrderOfItsSamples() {
        try (TestServer server = new TestServer()) {
            HttpResponse<String> response = server.post("/runs", """
                    {"dataset": "drawn-digits", "split": "test", "first": 10, "count": 25,
                     "timesteps": 6, "seed": 3, "predictions_by_timestep": true}""");
            assertEquals(
                    "application/x-ndjson",
                    response.headers().firstValue("Content-Type").orElse(""));
            List<JsonNode> lines = lines(response);
            assertEquals(25, lines.size());
            LayerCounts first = LayerCounts.ZERO;
            for (int i = 0; i < lines.size(); i++) {
                JsonNode line = lines.get(i);
                Inference expected = expected(MODEL, 10 + i, 6, 3);
                assertAnswer(expected, line);
                assertEquals(TestServer.DATA.label(10 + i), line.path("label").asInt());
                assertEquals(
                        Arrays.toString(expected.predictions()).replace(" ", ""),
                        line.path("predictions_by_timestep").toString());
                assertEquals(1, line.path("model_version").asInt());
                assertEquals(
                        ModelFile.sha256(TestServer.DIGITS),
                        line.path("model_sha256").asText());
                first = first.plus(expected.layers().getFirst());
            }
            JsonNode counters = json(server.get("/counters").body());
            assertEquals(25, counters.path("samples").asInt());
            assertEquals(150, counters.path("timesteps").asInt());
            JsonNode layer = counters.path("layers").path(0);
            assertEquals("conv1", layer.path("name").asText());
            assertEquals(first.spikes(), layer.path("spikes").asLong());
            assertEquals(first.synops(), layer.path("synops").asLong());
            assertEquals(first.neuronUpdates(), layer.path("neuron_updates").asLong());
            assertEquals(25, server.metric("lamina_samples_answered_total"));
            assertEquals(1, server.metric("lamina_requests_total{endpoint=\"POST /runs\",status=\"200\"}"));
            assertEquals(1, server.metric("lamina_request_seconds_count{endpoint=\"POST /runs\"}"));
            assertEquals(25, server.metric("lamina_sample_seconds_count"));
            assertEquals(0, server.metric("lamina_samples_in_flight"));
        }
    }

    @Test
    void whatARunDoesNotSayIsTheServers() {
        try (TestServer server = new TestServer()) {
            List<JsonNode> lines = lines(server.post("/runs", "{\"first\": 140}"));
            assertEquals(10, lines.size());
            for (int i = 0; i < 10; i++) {
                assertAnswer(expected(MODEL, 140 + i, TestServer.TIMESTEPS, TestServer.SEED), lines.get(i));
                assertFalse(lines.get(i).has("predictions_by_timestep"));
            }
            JsonNode ready = json(server.get("/ready").body());
            assertEquals(TestServer.TIMESTEPS, ready.path("timesteps").asInt());
            assertEquals(TestServer.SEED, ready.path("seed").asInt());
            assertEquals("[1,28,28]", ready.path("sample_shape").toString());
            assertEquals(150, ready.path("samples").asInt());
        }
    }

    @Test
    void aClientsOwnSampleIsAnsweredAsThatOfTheDataSetWithItsIndex() {
        try (TestServer server = new TestServer()) {
            String several = "{\"samples\": [{\"index\": 7, \"values\": %s}, {\"values\": %s, \"index\": 30}],"
                    .formatted(TestServer.values(7), TestServer.values(30));
            List<JsonNode> lines = lines(server.post("/samples", several + "\"timesteps\": 5, \"seed\": 2}"));
            assertEquals(2, lines.size());
            assertAnswer(expected(MODEL, 7, 5, 2), lines.get(0));
            assertAnswer(expected(MODEL, 30, 5, 2), lines.get(1));
            assertFalse(lines.get(0).has("label"));
            String single = "{\"index\": 7, \"values\": " + TestServer.values(7) + "}";
            List<JsonNode> once = lines(server.post("/samples", single));
            assertAnswer(expected(MODEL, 7, TestServer.TIMESTEPS, TestServer.SEED), once.get(0));
            assertEquals(once, lines(server.post("/samples", single)), "a retry gives the same");
            List<JsonNode> unnamed = lines(server.post("/samples", "{\"values\": " + TestServer.values(0) + "}"));
            assertAnswer(expected(MODEL, 0, TestServer.TIMESTEPS, TestServer.SEED), unnamed.get(0));
        }
    }

    @Test
    void aSampleThatIsGivenUpIsSaidSoAndTheOthersGoOn() {
        SpikeObserver poisoned = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == 0 && sample == 2) {
                throw new IllegalStateException("poison");
            }
        };
        try (TestServer server = new TestServer(Limits.DEFAULT, poisoned)) {
            List<JsonNode> lines = lines(server.post("/runs", "{\"count\": 6}"));
            assertEquals(6, lines.size());
            for (int i = 0; i < 6; i++) {
                if (i == 2) {
                    TestServer.assertRefusal(lines.get(i).toString(), "given up");
                    assertEquals(2, lines.get(i).path("sample").asInt());
                    assertEquals(2, lines.get(i).size());
                } else {
                    assertAnswer(expected(MODEL, i, TestServer.TIMESTEPS, TestServer.SEED), lines.get(i));
                }
            }
            assertEquals(1, server.metric("lamina_samples_given_up_total"));
            assertEquals(5, server.metric("lamina_samples_answered_total"));
            assertEquals(200, server.get("/ready").statusCode());
        }
    }

    @Test
    void aChipThatHasEndedIsNotReady() {
        try (TestServer server = new TestServer()) {
            server.chip().close();
            TestServer.assertRefused(503, server.get("/ready"), "the chip has ended");
            assertEquals(200, server.get("/health").statusCode());
            List<JsonNode> lines = lines(server.post("/runs", "{\"count\": 3}"));
            assertEquals(1, lines.size());
            TestServer.assertRefusal(lines.get(0).toString(), "the chip has ended: sample 0: ");
        }
    }
}
