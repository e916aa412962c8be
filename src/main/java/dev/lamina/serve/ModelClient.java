package dev.lamina.serve;

import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.model.ModelFile;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/*
 * What can be known before a gigabyte is sent is asked for first, by HEAD. 'Expect: 100-continue' would be the way of
 * HTTP, but java.net.http of Java 17 waits for ever when the answer is another.
 */
/** Pushes models to a server. Immutable and thread-safe. */
public final class ModelClient {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration PUSHING = Duration.ofMinutes(15);

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
    private final Duration patience;

    /**
     * A client of the server at an address, such as {@code http://127.0.0.1:8080}.
     *
     * @throws InputException if it is no address of the kind
     */
    public ModelClient(String address, Optional<Token> token) {
        this(address, token, PUSHING);
    }

    /** @param patience how long a server may take for an answer, from the request to the last byte */
    ModelClient(String address, Optional<Token> token, Duration patience) {
        this.model = model(address);
        this.token = token;
        this.patience = patience;
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
        ModelFile.check(file);
        String sha256 = ModelFile.sha256(file);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
        Optional<Pushed> running =
                send(client, request().method("HEAD", BodyPublishers.noBody())).running(model);
        if (running.isPresent() && running.get().sha256().equals(sha256)) {
            return running.get();
        }
        HttpRequest.Builder put = request().header("Content-Type", ModelEndpoints.TYPE);
        version.ifPresent(number -> put.header(ModelEndpoints.VERSION, Long.toString(number)));
        Pushed pushed = send(client, put.PUT(content(file))).pushed(model);
        if (!pushed.sha256().equals(sha256)) {
            throw InputException.file(
                    "the server runs another file than was sent: " + pushed.sha256(),
                    model.toString(),
                    "push it again; " + file + " is " + sha256);
        }
        return pushed;
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(model);
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

    private ServerAnswer send(HttpClient client, HttpRequest.Builder request) {
        var answer = client.sendAsync(request.build(), info -> new BriefBody(ServerAnswer.MAX_BYTES));
        try {
            return ServerAnswer.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(new HttpTimeoutException("no whole answer in " + patience.toSeconds() + " s"));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw InputException.file("interrupted", model.toString(), "push again; that does no harm", e);
        }
    }

    private InputException failed(Throwable e) {
        return InputException.file(
                "cannot push the model",
                model.toString(),
                "see whether the server runs there and takes files so large, and push again (" + Reason.of(e) + ")",
                e);
    }
}
