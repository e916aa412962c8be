package dev.lamina.load;

import java.net.URI;
import java.util.function.BooleanSupplier;

/**
 * What all who make a load share.
 *
 * @param server where the server is
 * @param expectations what it must answer
 * @param versions what it has said of its models
 * @param tally what has happened
 * @param latencies how long it took
 * @param more whether to go on
 */
record Load(
        URI server,
        Expectations expectations,
        Versions versions,
        Tally tally,
        Latencies latencies,
        BooleanSupplier more) {

    /** A load on which nothing has happened. */
    static Load on(URI server, Expectations expectations, BooleanSupplier more) {
        return new Load(server, expectations, new Versions(), new Tally(), new Latencies(), more);
    }

    boolean goesOn() {
        return more.getAsBoolean();
    }
}
