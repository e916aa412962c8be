package dev.lamina.serve;

import java.io.IOException;

/** What one route does. Thread-safe. */
@FunctionalInterface
interface Endpoint {

    /**
     * Serves a request.
     *
     * @return the reply; {@link Reply#STREAMED} if all of it was written by the exchange
     * @throws Refusal if it is not served
     * @throws ClientLost if there is nobody to answer
     * @throws IOException as {@link ClientLost}, if writing failed
     */
    Reply serve(Exchange exchange) throws IOException;
}
