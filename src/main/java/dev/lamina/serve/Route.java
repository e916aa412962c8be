package dev.lamina.serve;

/**
 * A method and a path that are served.
 *
 * @param method the method; HEAD goes with GET
 * @param path the path
 * @param kind who may come, and which place it takes among the requests in flight
 * @param endpoint what is done
 */
record Route(String method, String path, Kind kind, Endpoint endpoint) {

    /** How much a request to a route is. */
    enum Kind {
        /** Answered at once, to everybody: whether the server is alive is no secret. */
        OPEN,
        /** Answered at once. */
        QUICK,
        /** Work, which takes one of so many places. */
        WORK,
        /** A change of the model, which takes the one place that there is for it. */
        CHANGE
    }

    /** Whether a request of {@code method} is this route's. */
    boolean takes(String other) {
        return method.equals(other) || (method.equals("GET") && other.equals("HEAD"));
    }
}
