package dev.lamina.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.chip.Chip;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A running chip behind HTTP, until it is closed; the chip and the folder stay the caller's. Thread-safe.
 *
 * <p>{@link #drain} ends it well: nobody new is let in, and what is in flight is finished.
 */
public final class ChipServer implements AutoCloseable {

    /**
     * Threads beyond those of requests that are work: for one that changes the model, for Jetty's own work, and for what is
     * answered at once.
     */
    private static final int SPARE_THREADS = 16;

    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int SEND_BUFFER = 1 << 16;
    private static final int CONNECTIONS_FOR_A_REQUEST = 8;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;
    private final InFlight inFlight;
    private final FrontDoor door;
    private final String host;
    private volatile int port;

    private ChipServer(Server server, ServerConnector connector, InFlight inFlight, FrontDoor door) {
        host = connector.getHost();
        this.server = server;
        this.connector = connector;
        this.inFlight = inFlight;
        this.door = door;
    }

    /**
     * Starts a server.
     *
     * @param chip it runs the folder's latest model
     * @param folder the models
     * @param loader how to lay out those that follow
     * @param data the data set that clients may name, which the model fits
     * @throws InputException if it can not listen
     */
    public static ChipServer start(
            Chip chip, ModelFolder folder, ModelLoader loader, ServedData data, ServerSettings settings) {
        Limits limits = settings.limits();
        InFlight inFlight = new InFlight(limits.requests());
        FrontDoor door = door(chip, folder, loader, data, settings, inFlight);
        Server server = new Server(new QueuedThreadPool(limits.requests() + SPARE_THREADS, 4));
        ServerConnector connector = connector(server, settings);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.requests() * CONNECTIONS_FOR_A_REQUEST, connector));
        server.setErrorHandler(new ErrorLines());
        server.setHandler(door);
        ChipServer started = new ChipServer(server, connector, inFlight, door);
        started.start(settings);
        return started;
    }

    /** Where the requests of such a server come in. */
    static FrontDoor door(
            Chip chip,
            ModelFolder folder,
            ModelLoader loader,
            ServedData data,
            ServerSettings settings,
            InFlight inFlight) {
        Limits limits = settings.limits();
        ModelShelf shelf = new ModelShelf(chip, folder, loader, folder.models());
        Metrics metrics = new Metrics(inFlight::count, () -> shelf.current().number());
        Counters counters =
                new Counters(chip.model().network().model().network().projections());
        SampleEndpoints samples = new SampleEndpoints(
                new Work(chip, metrics, counters),
                data,
                new SampleEndpoints.Defaults(settings.timesteps(), settings.seed()),
                limits,
                inFlight);
        Routes routes = Routes.of(
                exchange -> Reply.json(JsonNodeFactory.instance.objectNode().put("alive", true)),
                exchange -> ready(chip, inFlight, shelf, samples, data),
                exchange -> new Reply(HttpStatus.OK_200, Metrics.type(), List.of(), metrics.text()),
                exchange -> Reply.json(counters.json()),
                new ModelEndpoints(shelf, metrics, limits),
                samples::samples,
                samples::runs);
        return new FrontDoor(routes, new Guard(settings.token()), inFlight, metrics, limits);
    }

    /** How HTTP is spoken. */
    static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        return http;
    }

    private static ServerConnector connector(Server server, ServerSettings settings) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        return connector;
    }

    private static Reply ready(
            Chip chip, InFlight inFlight, ModelShelf shelf, SampleEndpoints samples, ServedData data) {
        if (inFlight.draining()) {
            throw Refusal.draining();
        }
        if (!chip.running()) {
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "the chip has ended", "this server", "start it anew");
        }
        StoredModel model = shelf.current();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("ready", true)
                .put("model_version", model.number())
                .put("model_sha256", model.sha256())
                .put("dataset", data.dataset().name())
                .put("split", data.splitName())
                .put("samples", data.dataset().size())
                .put("timesteps", samples.timesteps())
                .put("seed", samples.seed());
        json.putArray("sample_shape")
                .add(data.dataset().shape().channels())
                .add(data.dataset().shape().height())
                .add(data.dataset().shape().width());
        return Reply.json(json);
    }

    private void start(ServerSettings settings) {
        try {
            server.start();
            port = connector.getLocalPort();
        } catch (Exception e) {
            close();
            throw InputException.configuration(
                    "cannot listen",
                    settings.host() + ", port " + settings.port(),
                    "choose another --port or --host (" + Reason.of(e) + ")",
                    e);
        }
    }

    /** Where it can be found. */
    public URI address() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** The routes, as "METHOD path". */
    List<String> routes() {
        return door.routes().all().stream()
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    /**
     * Ends the server: nobody new is let in, and it returns when everything in flight is finished.
     *
     * @param patience how long to wait; what is not finished then is told so and ends
     */
    public void drain(Duration patience) throws InterruptedException {
        connector.close();
        inFlight.drain(patience, LAST_WORDS);
        close();
    }

    /** Ends the server without waiting for what is in flight. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
