package dev.lamina.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Pushes models to a server. Immutable and thread-safe. */
public final class ModelClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration PUSHING = Duration.ofMinutes(15);
    private static final int MAX_MESSAGE = 1000;

    /**
     * What a server runs after a push.
     *
     * @param version the version's number
     * @param sha256 the digest of its file, in hexadecimal
     * @param changed whether it is another model than before
     */
    public record Pushed(long version, String sha256, boolean changed) {}

    private final URI model;
    private final Optional<Token> token;

    /**
     * A client of the server at an address, such as {@code http://127.0.0.1:8080}.
     *
     * @throws InputException if it is no address of the kind
     */
    public ModelClient(String address, Optional<Token> token) {
        this.model = model(address);
        this.token = token;
    }

    private static URI model(String address) {
        try {
            URI uri = URI.create(address.endsWith("/") ? address : address + "/");
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri.resolve("model");
            }
        } catch (IllegalArgumentException e) {
            // It is told below, as are all others.
        }
        throw InputException.configuration(
                "not the address of a server", address, "give one such as http://127.0.0.1:8080");
    }

    /**
     * Has the server run a model. A server that runs this very file changes nothing, so a push may be repeated.
     *
     * @param file the model file
     * @param version its version, newer than the one that runs; the next if absent
     * @throws InputException if the server can not be reached, or refuses it
     */
    public Pushed push(Path file, OptionalLong version) {
        String sha256 = ModelFile.sha256(file);
        Pushed pushed = pushed(send(request(file, version), file));
        if (!pushed.sha256().equals(sha256)) {
            throw InputException.file(
                    "the server runs another file than was sent: " + pushed.sha256(),
                    model.toString(),
                    "push it again; " + file + " is " + sha256);
        }
        return pushed;
    }

    private HttpRequest request(Path file, OptionalLong version) {
        try {
            // A server that refuses says so before the file is sent.
            HttpRequest.Builder request = HttpRequest.newBuilder(model)
                    .timeout(PUSHING)
                    .expectContinue(true)
                    .header("Content-Type", ModelEndpoints.TYPE)
                    .PUT(BodyPublishers.ofFile(file));
            token.ifPresent(known -> request.header("Authorization", known.authorization()));
            version.ifPresent(number -> request.header(ModelEndpoints.VERSION, Long.toString(number)));
            return request.build();
        } catch (FileNotFoundException e) {
            throw InputException.file("no such model file", file.toString(), "give the path of a .safetensors file", e);
        }
    }

    private HttpResponse<String> send(HttpRequest request, Path file) {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECTING)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw InputException.file(
                    "cannot push " + file,
                    model.toString(),
                    "see whether the server runs there, and push again ("
                            + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage()) + ")",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw InputException.file("interrupted", model.toString(), "push again; that does no harm", e);
        }
    }

    private Pushed pushed(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            answer = MAPPER.createObjectNode();
        }
        if (response.statusCode() == 200
                && answer.path("model_version").isIntegralNumber()
                && answer.path("model_sha256").isTextual()) {
            return new Pushed(
                    answer.path("model_version").asLong(),
                    answer.path("model_sha256").asText(),
                    answer.path("changed").asBoolean(true));
        }
        String said = answer.path("error").asText("");
        String message = said.substring(0, Math.min(said.length(), MAX_MESSAGE));
        throw InputException.file(
                "the server refuses the model (" + response.statusCode() + ")",
                model.toString(),
                message.isEmpty() ? "see whether that is the address of 'lamina serve'" : message);
    }
}
