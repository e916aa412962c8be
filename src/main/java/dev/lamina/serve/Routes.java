package dev.lamina.serve;

import dev.lamina.serve.Route.Kind;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** All that is served. */
final class Routes {

    /** What other requests are counted as: what a client makes up must not grow the metrics. */
    private static final String OTHER = "other";

    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    static Routes of(
            Endpoint health,
            Endpoint ready,
            Endpoint metrics,
            Endpoint counters,
            ModelEndpoints model,
            Endpoint samples,
            Endpoint runs) {
        return new Routes(List.of(
                new Route("GET", "/health", Kind.OPEN, health),
                new Route("GET", "/ready", Kind.OPEN, ready),
                new Route("GET", "/metrics", Kind.QUICK, metrics),
                new Route("GET", "/counters", Kind.QUICK, counters),
                new Route("GET", "/model", Kind.WORK, model::get),
                new Route("PUT", "/model", Kind.CHANGE, model::put),
                new Route("POST", "/model/rollback", Kind.CHANGE, model::rollback),
                new Route("POST", "/samples", Kind.WORK, samples),
                new Route("POST", "/runs", Kind.WORK, runs)));
    }

    List<Route> all() {
        return routes;
    }

    /** Whether everybody may come to a path. */
    boolean open(String path) {
        return routes.stream().anyMatch(route -> route.path().equals(path) && route.kind() == Kind.OPEN);
    }

    /** What a request is counted as. */
    String label(String method, String path) {
        return routes.stream()
                .filter(route -> route.path().equals(path) && route.takes(method))
                .findFirst()
                .map(route -> route.method() + " " + path)
                .orElse(OTHER);
    }

    /** @throws Refusal if there is no such path, or it has no such method */
    Route find(String method, String path) {
        List<Route> here =
                routes.stream().filter(route -> route.path().equals(path)).toList();
        if (here.isEmpty()) {
            throw new Refusal(
                    HttpStatus.NOT_FOUND_404,
                    "nothing is here",
                    "the path",
                    "ask for one of "
                            + String.join(
                                    ", ",
                                    routes.stream().map(Route::path).distinct().toList()));
        }
        return here.stream()
                .filter(route -> route.takes(method))
                .findFirst()
                .orElseThrow(() -> Refusal.method(
                        method,
                        path,
                        String.join(", ", here.stream().map(Route::method).toList())));
    }
}
