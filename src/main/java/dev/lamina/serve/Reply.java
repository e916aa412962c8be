package dev.lamina.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What is answered to a request, whole and small; of a streamed answer, nothing more than its end.
 *
 * @param status the HTTP status
 * @param type the content type; empty without content
 * @param headers further headers
 * @param body the content
 */
record Reply(int status, String type, List<HttpField> headers, byte[] body) {

    static final String JSON = "application/json";

    /** The end of an answer that was streamed. */
    static final Reply STREAMED = new Reply(HttpStatus.OK_200, "", List.of(), new byte[0]);

    /** One line of JSON. */
    static Reply json(ObjectNode json) {
        return json(HttpStatus.OK_200, json, List.of());
    }

    static Reply json(int status, ObjectNode json, List<HttpField> headers) {
        return new Reply(status, JSON, headers, (json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A complaint. */
    static Reply error(int status, String message, List<HttpField> headers) {
        return json(status, JsonNodeFactory.instance.objectNode().put("error", message), headers);
    }

    static Reply refusal(Refusal refusal) {
        return error(
                refusal.status(),
                String.valueOf(refusal.getMessage()),
                refusal.header().map(List::of).orElse(List.of()));
    }

    /** No content. */
    static Reply empty(int status, List<HttpField> headers) {
        return new Reply(status, "", headers, new byte[0]);
    }
}
