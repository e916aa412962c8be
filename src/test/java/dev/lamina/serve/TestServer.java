package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.ModelVersion;
import dev.lamina.data.Dataset;
import dev.lamina.data.DrawnDigits;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of the drawn digits at a free port, and how to ask it. */
final class TestServer implements AutoCloseable {

    static final Path DIGITS = Path.of("models/lenet5-digits.safetensors");
    static final Path MNIST = Path.of("models/lenet5-mnist.safetensors");
    static final Dataset DATA = digits(150);
    static final int TIMESTEPS = 4;
    static final long SEED = 9;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ModelLoader LOADER = new ModelLoader(Optional.empty(), Arithmetic.FLOAT32, Kernels.fastest());
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ModelFolder folder;
    private final Chip chip;
    private final ChipServer server;

    TestServer(Limits limits, Optional<Token> token, Optional<Path> state, SpikeObserver observer) {
        folder = ModelFolder.open(state);
        StoredModel model = folder.models().stream().findFirst().orElseGet(() -> folder.copy(DIGITS, 1));
        chip = Chip.start(
                new ModelVersion(model.number(), model.sha256(), LOADER.load(model.file())),
                new ChipSettings(25, 4, 2, 2),
                observer);
        server = ChipServer.start(
                chip,
                folder,
                LOADER,
                new ServedData(DATA, Split.TEST),
                new ServerSettings("127.0.0.1", 0, token, limits, OptionalInt.of(TIMESTEPS), SEED));
    }

    TestServer() {
        this(Limits.DEFAULT, SpikeObserver.NONE);
    }

    TestServer(Limits limits, SpikeObserver observer) {
        this(limits, Optional.empty(), Optional.empty(), observer);
    }

    private static Dataset digits(int count) {
        byte[] pixels = new byte[count * DrawnDigits.SHAPE.size()];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) DrawnDigits.label(Split.TEST, i);
            DrawnDigits.draw(Split.TEST, i, pixels, i * DrawnDigits.SHAPE.size());
        }
        return new Dataset(DrawnDigits.NAME, DrawnDigits.SHAPE, DrawnDigits.CLASSES, pixels, labels);
    }

    ChipServer server() {
        return server;
    }

    Chip chip() {
        return chip;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> put(byte[] model) {
        return send(request("/model").PUT(BodyPublishers.ofByteArray(model)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a metric, named with its labels; 0 if there is none. */
    double metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** The lines of a streamed answer. */
    static List<JsonNode> lines(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return response.body().lines().map(TestServer::json).toList();
    }

    /** One line of JSON that says what is wrong, where, and how to mend it, and nothing about the inside. */
    static void assertRefused(int status, HttpResponse<String> response, String... parts) {
        assertEquals(status, response.statusCode(), response.body());
        assertRefusal(response.body(), parts);
        assertEquals(Optional.of("application/json"), response.headers().firstValue("Content-Type"));
    }

    static void assertRefusal(String body, String... parts) {
        assertEquals(1, body.lines().count(), body);
        String error = json(body).path("error").asText();
        assertTrue(error.split(": ").length >= 3, "not what, where and how to mend it: " + body);
        assertFalse(error.contains("Exception") || error.contains("dev.lamina") || error.contains("/tmp"), body);
        for (String part : parts) {
            assertTrue(error.contains(part), "no '" + part + "' in " + body);
        }
    }

    static SpikingModel model(Path file) {
        return ModelFile.readSpiking(file);
    }

    /** What the simulator on one thread says. */
    static Inference expected(SpikingModel model, int sample, int timesteps, long seed) {
        return new NetworkSimulator(NetworkSynapses.of(model, Kernels.fastest()), 25)
                .run(model.preprocessing().apply(DATA, sample), seed, sample, timesteps);
    }

    /** Whether a line is what the simulator says. */
    static void assertAnswer(Inference expected, JsonNode line) {
        String text = line.toString();
        float[] margins = expected.decisions().margins();
        assertEquals(expected.sample(), line.path("sample").asInt(-1), text);
        assertEquals(expected.prediction(), line.path("prediction").asInt(-1), text);
        assertEquals(
                margins[margins.length - 1],
                Float.parseFloat(line.path("margin").asText()),
                text);
        assertEquals(
                expected.layers().sumOfLong(LayerCounts::spikes),
                line.path("spikes").asLong(),
                text);
        assertEquals(
                expected.layers().sumOfLong(LayerCounts::synops),
                line.path("synops").asLong(),
                text);
    }

    /** The raw values of an image of the data set, as a JSON array. */
    static String values(int sample) {
        StringBuilder values = new StringBuilder("[");
        for (int i = 0; i < DATA.shape().size(); i++) {
            values.append(i == 0 ? "" : ",").append(DATA.pixel(sample, i));
        }
        return values.append(']').toString();
    }

    /** Ends it as a signal does. */
    void drain(Duration patience) {
        try {
            server.drain(patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for what another thread does in the test. */
    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        chip.close();
        folder.close();
    }
}
