package dev.lamina.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** A request and the answer to it. For the one thread that serves it; reading and writing wait for the client. */
final class Exchange {

    private final Request request;
    private final Response response;
    private final long deadline;
    private boolean streaming;

    /** @param deadline by {@link System#nanoTime}, when the answer should have ended */
    Exchange(Request request, Response response, long deadline) {
        this.request = request;
        this.response = response;
        this.deadline = deadline;
    }

    String method() {
        return request.getMethod();
    }

    /** The path; what is after '?' is nobody's concern. */
    String path() {
        return Request.getPathInContext(request);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** Nanoseconds that are left for the answer; none or fewer if it should have ended. */
    long left() {
        return deadline - System.nanoTime();
    }

    /**
     * The body, to be read while it comes.
     *
     * @param type the content type that it must have, if it says one
     * @param required whether it must say one
     * @throws Refusal if there is none, or it is of another type, or larger than {@code limit}; the latter also while
     * reading
     */
    InputStream body(String type, boolean required, long limit) {
        if (request.getLength() == 0) {
            throw new Refusal(411, "no body", "the request", "send one, with its Content-Length or in chunks");
        }
        Optional<String> given = header(HttpHeader.CONTENT_TYPE.asString()).map(MimeTypes::getBase);
        if (given.isPresent() ? !given.get().equalsIgnoreCase(type) : required) {
            throw new Refusal(
                    415,
                    "not a content type for this: " + given.orElse("none"),
                    "header Content-Type",
                    "send it as " + type);
        }
        if (header(HttpHeader.CONTENT_ENCODING.asString()).isPresent()) {
            throw new Refusal(415, "the body is encoded", "header Content-Encoding", "send it as it is");
        }
        if (request.getLength() > limit) {
            throw Refusal.tooLarge(limit);
        }
        return new BodyStream(Content.Source.asInputStream(request), limit);
    }

    /** Begins an answer that is written piece by piece. */
    void begin(String type, HttpField... headers) {
        streaming = true;
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        for (HttpField header : headers) {
            response.getHeaders().put(header);
        }
    }

    /** Says beforehand how long an answer that has begun will be. */
    void length(long bytes) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes);
    }

    /** Writes a piece, and waits until it is on its way. */
    void write(ByteBuffer piece) {
        try {
            Content.Sink.write(response, false, piece);
        } catch (IOException e) {
            throw new ClientLost(e);
        }
    }

    /** Whether the answer has begun, so that its status is told. */
    boolean streaming() {
        return streaming;
    }
}
