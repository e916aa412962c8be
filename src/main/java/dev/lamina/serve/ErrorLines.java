package dev.lamina.serve;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Jetty's own complaints, about what is no HTTP or never came to the front door, in the same form as all others. */
final class ErrorLines extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Reply reply = line(response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
        return true;
    }

    private static Reply line(int status) {
        return Reply.error(
                status, HttpStatus.getMessage(status) + ": the request: send it as HTTP/1.1 has it", List.of());
    }
}
