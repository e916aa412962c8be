package dev.lamina.serve;

import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A request has its place, its thread and its part in the metrics until its endpoint returns. What remains to be
 * written then is a small reply, or the end of a stream, and Jetty writes it when the client reads, without a thread.
 * Places are given back before it is written: who has an answer can ask again at once.
 */
/**
 * Where every request comes in: it finds the route, lets the client in or not, and turns what goes wrong into a line.
 */
final class FrontDoor extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    /** What a request without an answer is counted as, as other servers do. */
    private static final int CLIENT_LOST = 499;

    private final Routes routes;
    private final Guard guard;
    private final InFlight inFlight;
    private final Metrics metrics;
    private final Limits limits;

    FrontDoor(Routes routes, Guard guard, InFlight inFlight, Metrics metrics, Limits limits) {
        this.routes = routes;
        this.guard = guard;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.limits = limits;
    }

    Routes routes() {
        return routes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        inFlight.begin();
        long begin = System.nanoTime();
        Exchange exchange =
                new Exchange(request, response, begin + limits.request().toNanos());
        // The chip's work is no standstill of the connection; only reading and writing can be.
        request.addIdleTimeoutListener(timeout -> false);
        Scheduler.Task watchdog = watchdog(request);
        Reply reply;
        try {
            reply = serve(exchange);
        } catch (ClientLost e) {
            metrics.request(routes.label(exchange.method(), exchange.path()), CLIENT_LOST, System.nanoTime() - begin);
            watchdog.cancel();
            inFlight.end();
            callback.failed(e);
            return true;
        }
        metrics.request(routes.label(exchange.method(), exchange.path()), reply.status(), System.nanoTime() - begin);
        Callback end = new Leftover(request, limits.bodyBytes(), Callback.from(callback, () -> {
            watchdog.cancel();
            inFlight.end();
        }));
        write(exchange, reply, response, end);
        return true;
    }

    /**
     * Ends a connection whose client takes longer than a request may, and then as long again as it may stand still.
     */
    private Scheduler.Task watchdog(Request request) {
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        return request.getComponents()
                .getScheduler()
                .schedule(
                        () -> endPoint.close(new TimeoutException("the request took too long")),
                        limits.request().plus(limits.idle()).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Reply serve(Exchange exchange) {
        try {
            Route route = admit(exchange);
            try (InFlight.Place place = inFlight.enter(route.kind())) {
                return route.endpoint().serve(exchange);
            }
        } catch (Refusal e) {
            return Reply.refusal(e);
        } catch (InputException e) {
            // It may name a path of this machine, which is not the client's concern.
            LOG.warn("{} {}: {}", exchange.method(), exchange.path(), e.getMessage());
            return Reply.error(
                    HttpStatus.INTERNAL_SERVER_ERROR_500,
                    "the server cannot do it now: " + exchange.path() + ": its log says why",
                    List.of());
        } catch (IOException e) {
            throw new ClientLost(e);
        } catch (ClientLost e) {
            if (exchange.streaming()) {
                throw e;
            }
            return Reply.refusal(new Refusal(
                    HttpStatus.REQUEST_TIMEOUT_408,
                    "the body does not come",
                    "the request",
                    "send all of it, and without long pauses"));
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            if (exchange.streaming()) {
                throw new ClientLost(new IOException(e));
            }
            return Reply.error(
                    HttpStatus.INTERNAL_SERVER_ERROR_500,
                    "failed: " + exchange.path() + ": this is the server's fault; its log says more",
                    List.of());
        }
    }

    private Route admit(Exchange exchange) {
        boolean open = routes.open(exchange.path());
        if (!open) {
            guard.check(exchange);
        }
        return routes.find(exchange.method(), exchange.path());
    }

    private static void write(Exchange exchange, Reply reply, Response response, Callback callback) {
        if (!exchange.streaming()) {
            response.setStatus(reply.status());
            if (!reply.type().isEmpty()) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
            }
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            for (HttpField header : reply.headers()) {
                response.getHeaders().put(header);
            }
        }
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }
}
