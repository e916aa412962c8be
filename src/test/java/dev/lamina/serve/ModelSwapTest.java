package dev.lamina.serve;

import static dev.lamina.serve.TestServer.DIGITS;
import static dev.lamina.serve.TestServer.MNIST;
import static dev.lamina.serve.TestServer.assertAnswer;
import static dev.lamina.serve.TestServer.assertRefused;
import static dev.lamina.serve.TestServer.expected;
import static dev.lamina.serve.TestServer.json;
import static dev.lamina.serve.TestServer.lines;
import static dev.lamina.serve.TestServer.send;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.data.Encoder;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Conv;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import dev.lamina.sim.Inference;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are put, taken back, got and refused. */
final class ModelSwapTest {

    @Test
    void theModelIsGotAsTheBytesThatWerePut() throws Exception {
        try (TestServer server = new TestServer()) {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<byte[]> first = client.send(server.request("/model").build(), BodyHandlers.ofByteArray());
            assertArrayEquals(Files.readAllBytes(DIGITS), first.body());
            String tag = '"' + ModelFile.sha256(DIGITS) + '"';
            assertEquals(Optional.of(tag), first.headers().firstValue("ETag"));
            assertEquals(Optional.of("1"), first.headers().firstValue("X-Lamina-Version"));
            assertEquals(
                    304,
                    send(server.request("/model").header("If-None-Match", tag)).statusCode());
            assertChanged(2, MNIST, true, server.put(Files.readAllBytes(MNIST)));
            HttpResponse<byte[]> second = client.send(
                    server.request("/model").header("If-None-Match", tag).build(), BodyHandlers.ofByteArray());
            assertArrayEquals(Files.readAllBytes(MNIST), second.body());
            assertEquals(Optional.of("2"), second.headers().firstValue("X-Lamina-Version"));
            HttpResponse<String> head = send(server.request("/model").method("HEAD", BodyPublishers.noBody()));
            assertEquals("", head.body());
            assertEquals(
                    Optional.of(Long.toString(Files.size(MNIST))),
                    head.headers().firstValue("Content-Length"));
        }
    }

    @Test
    void versionsOnlyGrowAndTheSameFileChangesNothing() throws IOException {
        try (TestServer server = new TestServer()) {
            byte[] mnist = Files.readAllBytes(MNIST);
            assertRefused(409, server.post("/model/rollback", ""), "no version before");
            assertChanged(1, DIGITS, false, server.put(Files.readAllBytes(DIGITS)));
            assertRefused(409, put(server, mnist, "1"), "version 1 is not newer than version 1");
            assertRefused(400, put(server, mnist, "one"), "not a version");
            assertChanged(7, MNIST, true, put(server, mnist, "7"));
            assertChanged(7, MNIST, false, server.put(mnist));
            assertChanged(7, MNIST, false, put(server, mnist, "3"));
            assertChanged(8, DIGITS, true, server.post("/model/rollback", ""));
            assertChanged(9, MNIST, true, server.post("/model/rollback", ""));
            JsonNode line = lines(server.post("/runs", "{\"count\": 1}")).get(0);
            assertEquals(9, line.path("model_version").asInt());
            assertEquals(3, server.metric("lamina_model_swaps_total"));
            assertEquals(3, server.metric("lamina_model_swaps_refused_total"));
            assertEquals(9, server.metric("lamina_model_version"));
        }
    }

    @Test
    void whatIsNoModelOrDoesNotFitIsRefusedAndTheRunningOneStays() throws IOException {
        try (TestServer server = new TestServer()) {
            byte[] good = Files.readAllBytes(MNIST);
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                assertRefused(400, server.put(Arrays.copyOf(good, 1 + random.nextInt(good.length - 1))));
            }
            byte[] header = good.clone();
            header[20] ^= 0x55;
            assertRefused(400, server.put(header), "the body");
            assertRefused(
                    422, server.put(Files.readAllBytes(Path.of("models/vgg5-slim-cifar10.safetensors"))), "'conv1'");
            SpikingModel digits = TestServer.model(DIGITS);
            ByteArrayOutputStream ordinary = new ByteArrayOutputStream();
            ModelFile.write(ordinary, AnnModel.of(digits));
            assertRefused(422, server.put(ordinary.toByteArray()), "no thresholds");
            assertEquals(
                    1, json(server.get("/ready").body()).path("model_version").asInt());
            assertAnswer(
                    expected(digits, 0, TestServer.TIMESTEPS, TestServer.SEED),
                    lines(server.post("/runs", "{\"count\": 1}")).get(0));
        }
    }

    @Test
    void aLargeNetworkInASmallFileIsRefusedBeforeItIsLaidOut() throws IOException {
        Network large = Network.of(
                "large",
                new Shape(1, 11_585, 11_585),
                List.of(new Conv("c", 1, 1, 1, 0), new Conv("d", 1, 1, 1, 0), new Conv("out", 1, 1, 1, 0)));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(
                file, RandomModels.model(large, NeuronModel.INTEGRATE_AND_FIRE, Encoder.POISSON, new Random(1)));
        assertTrue(file.size() < 2000, "it is not small");
        try (TestServer server = new TestServer()) {
            assertRefused(422, server.put(file.toByteArray()), "does not fit", "11585");
        }
    }

    @Test
    void underConcurrentRequestsEachAnswerIsThatOfTheVersionItNames() throws Exception {
        int clients = 3;
        int samples = 12;
        List<Path> files = List.of(DIGITS, MNIST);
        Map<String, Inference> known = new HashMap<>();
        for (Path file : files) {
            SpikingModel model = TestServer.model(file);
            for (int i = 0; i < samples; i++) {
                known.put(ModelFile.sha256(file) + i, expected(model, i, TestServer.TIMESTEPS, TestServer.SEED));
            }
        }
        Map<Long, String> versions = new HashMap<>();
        versions.put(1L, ModelFile.sha256(DIGITS));
        ExecutorService executor = Executors.newFixedThreadPool(clients);
        try (TestServer server = new TestServer()) {
            Callable<List<JsonNode>> client = () -> {
                List<JsonNode> lines = new ArrayList<>();
                Set<Long> seen = new HashSet<>();
                while (seen.size() < 6) {
                    for (JsonNode line : lines(server.post("/runs", "{\"count\": " + samples + "}"))) {
                        lines.add(line);
                        seen.add(line.path("model_version").asLong());
                    }
                }
                return lines;
            };
            List<Future<List<JsonNode>>> runs = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                runs.add(executor.submit(client));
            }
            for (int swap = 1; !runs.stream().allMatch(Future::isDone); swap++) {
                JsonNode put =
                        json(server.put(Files.readAllBytes(files.get(swap % 2))).body());
                assertEquals(swap + 1, put.path("model_version").asInt(), put.toString());
                versions.put(swap + 1L, put.path("model_sha256").asText());
            }
            for (Future<List<JsonNode>> run : runs) {
                for (JsonNode line : run.get()) {
                    String sha256 = line.path("model_sha256").asText();
                    assertEquals(versions.get(line.path("model_version").asLong()), sha256);
                    assertAnswer(known.get(sha256 + line.path("sample").asInt()), line);
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aRestartGoesOnWithTheLastModelPutAndTheOneBefore(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("model-note.txt"), "a person's own");
        try (TestServer server = server(folder)) {
            assertChanged(5, MNIST, true, put(server, Files.readAllBytes(MNIST), "5"));
            assertRefused(400, server.put(new byte[] {1, 2, 3}));
            assertThrows(InputException.class, () -> server(folder), "the folder is in use");
        }
        // What a server leaves that is killed before it has forgotten the version before the one before.
        Files.copy(DIGITS, folder.resolve("model-2.safetensors"));
        Files.writeString(folder.resolve(".model-6.safetensors.01234567-89ab-cdef-0123-456789abcdef"), "half");
        try (TestServer server = server(folder)) {
            JsonNode ready = json(server.get("/ready").body());
            assertEquals(5, ready.path("model_version").asInt());
            assertEquals(ModelFile.sha256(MNIST), ready.path("model_sha256").asText());
            assertFalse(Files.exists(folder.resolve("model-1.safetensors")));
            assertChanged(6, DIGITS, true, server.post("/model/rollback", ""));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("lock", "model-5.safetensors", "model-6.safetensors", "model-note.txt"),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aModelThatDoesNotFitIsNeverAVersionOnTheDisk(@TempDir Path folder) throws IOException {
        // A server that was killed right then would go on with it. A folder in its place shows whether it was tried.
        Files.createDirectories(folder.resolve("model-2.safetensors/in-the-way"));
        try (TestServer server = server(folder)) {
            Path unfit = Path.of("models/vgg5-slim-cifar10.safetensors");
            assertRefused(422, server.put(Files.readAllBytes(unfit)), "'conv1'");
        }
    }

    @Test
    void theClientPushesAndIsToldInOneLineWhatFailed(@TempDir Path folder) throws IOException {
        Optional<Token> token = Optional.of(Token.of("0123456789abcdef", "the test"));
        String address;
        try (TestServer server = new TestServer(Limits.DEFAULT, token, Optional.empty(), SpikeObserver.NONE)) {
            address = server.server().address().toString();
            ModelClient client = new ModelClient(address, token);
            String sha256 = ModelFile.sha256(MNIST);
            assertEquals(new ModelClient.Pushed(4, sha256, true), client.push(MNIST, OptionalLong.of(4)));
            assertEquals(new ModelClient.Pushed(4, sha256, false), client.push(MNIST, OptionalLong.empty()));
            assertComplaint(client, DIGITS, OptionalLong.of(4), "(409)", "not newer");
            assertComplaint(client, Files.write(folder.resolve("bad"), new byte[99]), OptionalLong.empty(), "(400)");
            ModelClient stranger = new ModelClient(address, Optional.empty());
            assertComplaint(stranger, MNIST, OptionalLong.empty(), "the server refuses the token", "--token-file");
        }
        ModelClient late = new ModelClient(address, token);
        assertComplaint(late, MNIST, OptionalLong.empty(), "see whether the server runs");
        assertThrows(InputException.class, () -> new ModelClient("ftp://here", token));
    }

    private static void assertComplaint(ModelClient client, Path file, OptionalLong version, String... parts) {
        String message = String.valueOf(assertThrows(InputException.class, () -> client.push(file, version))
                .getMessage());
        assertEquals(1, message.lines().count(), message);
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static TestServer server(Path state) {
        return new TestServer(Limits.DEFAULT, Optional.empty(), Optional.of(state), SpikeObserver.NONE);
    }

    private static HttpResponse<String> put(TestServer server, byte[] model, String version) {
        return send(
                server.request("/model").header("X-Lamina-Version", version).PUT(BodyPublishers.ofByteArray(model)));
    }

    private static void assertChanged(int version, Path file, boolean changed, HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        JsonNode answer = json(response.body());
        assertEquals(version, answer.path("model_version").asInt());
        assertEquals(ModelFile.sha256(file), answer.path("model_sha256").asText());
        assertEquals(changed, answer.path("changed").asBoolean());
    }
}
