package dev.lamina.serve;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.HostPort;

/*
 * Without a token only this machine's programs may come. A browser is one of them, and shows pages of anybody: such a
 * page can send requests to this machine (they have an Origin), or have its own name mean this machine (they have its
 * Host).
 */
/** Decides who may come. */
final class Guard {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Optional<Token> token;

    Guard(Optional<Token> token) {
        this.token = token;
    }

    /** @throws Refusal if the client may not */
    void check(Exchange exchange) {
        if (token.isPresent()) {
            String authorization = exchange.header(HttpHeader.AUTHORIZATION.asString())
                    .orElseThrow(() -> Refusal.unauthorized("no token"));
            if (!token.get().admits(authorization)) {
                throw Refusal.unauthorized("not this server's token");
            }
        } else {
            checkLocal(exchange);
        }
    }

    private static void checkLocal(Exchange exchange) {
        if (exchange.header(HttpHeader.ORIGIN.asString()).isPresent()) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN_403,
                    "a web page may not ask this server",
                    "header Origin",
                    "start it with --token-file and have the page's own server ask");
        }
        String host = exchange.header(HttpHeader.HOST.asString()).orElse("");
        if (!LOOPBACK.contains(name(host))) {
            throw new Refusal(
                    HttpStatus.MISDIRECTED_REQUEST_421,
                    "this server has no such name",
                    "header Host",
                    "call it localhost or 127.0.0.1, or start it with --token-file");
        }
    }

    private static String name(String host) {
        try {
            return String.valueOf(new HostPort(host).getHost()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
