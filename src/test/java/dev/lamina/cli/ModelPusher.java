package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.serve.ModelClient;
import dev.lamina.serve.ModelClient.Pushed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Pushes models to a server, some of them unfit, and takes some back, until the server is gone. For one thread. */
final class ModelPusher {

    private final HttpClient http;
    private final URI server;
    private final ServedVersions versions;
    private String running = "";
    private String before = "";

    ModelPusher(HttpClient http, URI server, ServedVersions versions) {
        this.http = http;
        this.server = server;
        this.versions = versions;
    }

    /** Pushes one of some models after the other; now and then the one before is taken back, or one is pushed that does not fit. */
    void pushAll(List<Path> models, Path unfit, Random dice) throws InterruptedException {
        boolean there = true;
        while (there) {
            there = switch (dice.nextInt(5)) {
                case 0 -> before.isEmpty() || rollback();
                case 1 -> pushUnfit(unfit);
                default -> push(models.get(dice.nextInt(models.size()))).isPresent();
            };
        }
    }

    /** Pushes a model; empty if the server is gone. */
    Optional<Pushed> push(Path file) {
        versions.put(ModelFile.sha256(file));
        try {
            Pushed pushed = client().push(file, OptionalLong.empty());
            acknowledge(pushed);
            return Optional.of(pushed);
        } catch (InputException e) {
            assertTrue(gone(e), e.getMessage());
            return Optional.empty();
        }
    }

    private boolean pushUnfit(Path file) {
        InputException e = assertThrows(InputException.class, () -> client().push(file, OptionalLong.empty()));
        assertTrue(gone(e) || e.getMessage().contains("(422)"), e.getMessage());
        return !gone(e);
    }

    private ModelClient client() {
        return new ModelClient(server.toString(), Optional.empty());
    }

    private static boolean gone(InputException e) {
        return e.getMessage().startsWith("cannot push the model")
                || e.getMessage().contains("(503)");
    }

    private boolean rollback() throws InterruptedException {
        versions.put(before);
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/model/rollback"))
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                return false;
            }
            assertEquals(200, response.statusCode(), response.body());
            JsonNode answer = new ObjectMapper().readTree(response.body());
            acknowledge(new Pushed(
                    answer.path("model_version").asLong(),
                    answer.path("model_sha256").asText(),
                    answer.path("changed").asBoolean()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void acknowledge(Pushed pushed) {
        versions.acknowledge(pushed);
        before = pushed.changed() ? running : before;
        running = pushed.sha256();
    }
}
