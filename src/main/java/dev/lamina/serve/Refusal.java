package dev.lamina.serve;

import dev.lamina.io.InputException;
import dev.lamina.io.OneLine;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** A request that is not served: a status and one line that says what is wrong, where, and how to mend it. */
final class Refusal extends RuntimeException {

    private final int status;
    private final Optional<HttpField> header;

    private Refusal(int status, Optional<HttpField> header, String what, String where, String mend) {
        super(OneLine.of(what) + ": " + OneLine.of(where) + ": " + OneLine.of(mend));
        this.status = status;
        this.header = header;
    }

    Refusal(int status, String what, String where, String mend) {
        this(status, Optional.empty(), what, where, mend);
    }

    /** A complaint that is a line already. */
    Refusal(int status, InputException complaint) {
        super(complaint.getMessage(), complaint);
        this.status = status;
        header = Optional.empty();
    }

    /** There is more to do than the server takes on. */
    static Refusal busy(String what, String mend) {
        return new Refusal(
                HttpStatus.TOO_MANY_REQUESTS_429,
                Optional.of(new HttpField(HttpHeader.RETRY_AFTER, "1")),
                what,
                "this server",
                mend);
    }

    /** Another method is meant. */
    static Refusal method(String method, String path, String allowed) {
        return new Refusal(
                HttpStatus.METHOD_NOT_ALLOWED_405,
                Optional.of(new HttpField(HttpHeader.ALLOW, allowed)),
                "no method " + method,
                path,
                "use " + allowed);
    }

    /** The token is missing or wrong. */
    static Refusal unauthorized(String what) {
        return new Refusal(
                HttpStatus.UNAUTHORIZED_401,
                Optional.of(new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer")),
                what,
                "header Authorization",
                "send 'Authorization: Bearer TOKEN' with the server's token");
    }

    /** The body, or what it asks for, makes no sense. */
    static Refusal badRequest(String what, String where, String mend) {
        return new Refusal(HttpStatus.BAD_REQUEST_400, what, where, mend);
    }

    /** The body is larger than the server takes. */
    static Refusal tooLarge(long limit) {
        return new Refusal(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "the body has more than " + limit + " bytes",
                "the request",
                "send less at a time, or start the server with a higher limit");
    }

    /** The server is about to end. */
    static Refusal draining() {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "the server is about to end",
                "this server",
                "ask another one, or this one when it is back");
    }

    int status() {
        return status;
    }

    /** The header that goes with it, if one does. */
    Optional<HttpField> header() {
        return header;
    }
}
