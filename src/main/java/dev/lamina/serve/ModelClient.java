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
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpStatus;

/*
 * What can be known before a gigabyte is sent is asked for first, by HEAD. 'Expect: 100-continue' would be the way of
 * HTTP, but java.net.http of Java 17 waits for ever when the answer is another.
 */
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
        if (!Files.isRegularFile(file)) {
            throw InputException.file("no such model file", file.toString(), "give the path of a .safetensors file");
        }
        String sha256 = ModelFile.sha256(file);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
        Optional<Pushed> running = running(send(client, request().method("HEAD", BodyPublishers.noBody())));
        if (running.isPresent() && running.get().sha256().equals(sha256)) {
            return running.get();
        }
        HttpRequest.Builder put = request().header("Content-Type", ModelEndpoints.TYPE);
        version.ifPresent(number -> put.header(ModelEndpoints.VERSION, Long.toString(number)));
        Pushed pushed = pushed(send(client, put.PUT(content(file))));
        if (!pushed.sha256().equals(sha256)) {
            throw InputException.file(
                    "the server runs another file than was sent: " + pushed.sha256(),
                    model.toString(),
                    "push it again; " + file + " is " + sha256);
        }
        return pushed;
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(model).timeout(PUSHING);
        token.ifPresent(known -> request.header("Authorization", known.authorization()));
        return request;
    }

    private static BodyPublisher content(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw InputException.file("no such model file", file.toString(), "give the path of a .safetensors file", e);
        }
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw InputException.file(
                    "cannot push the model",
                    model.toString(),
                    "see whether the server runs there and takes files so large, and push again ("
                            + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage()) + ")",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw InputException.file("interrupted", model.toString(), "push again; that does no harm", e);
        }
    }

    /** What the server says that it runs; empty if it does not say. */
    private Optional<Pushed> running(HttpResponse<String> response) {
        if (response.statusCode() == HttpStatus.UNAUTHORIZED_401) {
            throw InputException.file(
                    "the server refuses the token, or that there is none",
                    model.toString(),
                    "give the one that the server was started with, by --token-file or $LAMINA_TOKEN");
        }
        Optional<String> tag = response.headers().firstValue("ETag").map(text -> text.replace("\"", ""));
        OptionalLong number = response.headers().firstValueAsLong(ModelEndpoints.VERSION);
        return response.statusCode() == HttpStatus.OK_200 && tag.isPresent() && number.isPresent()
                ? Optional.of(new Pushed(number.getAsLong(), tag.get(), false))
                : Optional.empty();
    }

    private Pushed pushed(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            answer = MAPPER.createObjectNode();
        }
        if (response.statusCode() == HttpStatus.OK_200
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
