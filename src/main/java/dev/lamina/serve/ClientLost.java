package dev.lamina.serve;

import java.io.IOException;

/** The client is gone, or too slow: nobody is there to be told anything. */
final class ClientLost extends RuntimeException {

    ClientLost(IOException cause) {
        super(cause);
    }
}
