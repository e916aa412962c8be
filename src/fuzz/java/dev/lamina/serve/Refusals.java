package dev.lamina.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;

/** Refusals of requests, as the fuzzer knows complaints. */
final class Refusals {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Refusals() {}

    /**
     * Does what a handler does with a request.
     *
     * @throws InputException if it is refused, as the client's fault, in one line
     */
    static void check(Runnable handler) {
        try {
            handler.run();
        } catch (Refusal e) {
            check(e.status(), Reply.refusal(e).body());
            throw InputException.file(String.valueOf(e.getMessage()), "the request", "send another");
        } catch (InputException e) {
            throw new AssertionError("the client's fault is taken for the server's", e);
        }
    }

    /** Complains unless an answer is one line of JSON with an error that is one line too, and says that it is the client's. */
    static void check(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (!clientsFault(status)
                || text.indexOf('\n') != text.length() - 1
                || error(text).lines().count() != 1) {
            throw new AssertionError("not a refusal of one line: " + status + " " + text);
        }
    }

    /** Whether a status says so: those from 400 on, another version of HTTP, and a transfer coding that nobody knows. */
    private static boolean clientsFault(int status) {
        return (status >= 400 && status < 500)
                || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                || status == HttpStatus.NOT_IMPLEMENTED_501;
    }

    private static String error(String text) {
        try {
            return MAPPER.readTree(text).path("error").asText();
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
