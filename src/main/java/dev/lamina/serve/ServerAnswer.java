package dev.lamina.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.io.InputException;
import dev.lamina.serve.ModelClient.Pushed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a server answers to one who pushes a model. It may be any server, and say anything.
 *
 * @param status the HTTP status
 * @param tag the header {@code ETag}
 * @param version the header {@code X-Lamina-Version}
 * @param body the first {@link #MAX_BYTES} bytes of the body
 */
record ServerAnswer(int status, Optional<String> tag, Optional<String> version, byte[] body) {

    /** Our answers have some hundred bytes; a complaint may name things of a client's. */
    static final int MAX_BYTES = 1 << 16;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_MESSAGE = 1000;
    private static final String VERSION = "[1-9][0-9]{0,17}";
    private static final String DIGEST = "[0-9a-f]{64}";

    static ServerAnswer of(HttpResponse<byte[]> response) {
        return new ServerAnswer(
                response.statusCode(),
                response.headers().firstValue("ETag"),
                response.headers().firstValue(ModelEndpoints.VERSION),
                response.body());
    }

    /**
     * What the server says that it runs; empty if it does not say.
     *
     * @param model whom was asked
     * @throws InputException if it wants another token
     */
    Optional<Pushed> running(URI model) {
        if (status == HttpStatus.UNAUTHORIZED_401) {
            throw InputException.file(
                    "the server refuses the token, or that there is none",
                    model.toString(),
                    "give the one that the server was started with, by --token-file or $LAMINA_TOKEN");
        }
        Optional<String> digest = tag.map(text -> text.replace("\"", "")).filter(text -> text.matches(DIGEST));
        Optional<String> number = version.filter(text -> text.matches(VERSION));
        return status == HttpStatus.OK_200 && digest.isPresent() && number.isPresent()
                ? Optional.of(new Pushed(Long.parseLong(number.get()), digest.get(), false))
                : Optional.empty();
    }

    /**
     * What the server runs now that a model was put there.
     *
     * @param model where it was put
     * @throws InputException if the server does not say that it runs it
     */
    Pushed pushed(URI model) {
        JsonNode answer = json();
        String number = answer.path("model_version").asText();
        String digest = answer.path("model_sha256").asText();
        if (status == HttpStatus.OK_200 && number.matches(VERSION) && digest.matches(DIGEST)) {
            return new Pushed(
                    Long.parseLong(number), digest, answer.path("changed").asBoolean(true));
        }
        String said = answer.path("error").asText("");
        String message = said.substring(0, Math.min(said.length(), MAX_MESSAGE));
        throw InputException.file(
                "the server refuses the model (" + status + ")",
                model.toString(),
                message.isBlank() ? "see whether that is the address of 'lamina serve'" : message);
    }

    private JsonNode json() {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }
}
