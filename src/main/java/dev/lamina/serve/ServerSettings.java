package dev.lamina.serve;

import dev.lamina.io.InputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a server is run.
 *
 * @param host the address that it listens at
 * @param port the port, up to 65535; 0 for any that is free
 * @param token what clients must know; absent only where this machine alone can come
 * @param limits what it takes on
 * @param timesteps T of a request that does not say; the model's own if absent
 * @param seed the seed of a request that does not say
 */
public record ServerSettings(
        String host, int port, Optional<Token> token, Limits limits, OptionalInt timesteps, long seed) {

    /** @throws InputException if the address is unknown, or others can come to it and there is no token */
    public ServerSettings {
        if (port < 0 || port > 65_535) {
            throw InputException.configuration("port " + port, "command line", "give one from 0 to 65535");
        }
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress() && token.isEmpty()) {
                throw InputException.configuration(
                        "other machines can come to this address, and there is no token",
                        host,
                        "give --token-file FILE or set LAMINA_TOKEN, or listen at 127.0.0.1");
            }
        } catch (UnknownHostException e) {
            throw InputException.configuration("no such address", host, "give one of this machine's", e);
        }
    }
}
