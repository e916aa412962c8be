package dev.lamina.serve;

import java.time.Duration;

/**
 * What a server takes on, so that its memory is bounded whoever asks.
 *
 * @param modelBytes the largest model that may be pushed, at least 1
 * @param bodyBytes the largest body of any other request, at least 1
 * @param requests requests that are worked on at a time, at least 1
 * @param samples samples held at a time, over all requests, at least 1
 * @param window samples of one request that are computed ahead of its reader, at least 1
 * @param timesteps the most time steps that a request may ask for, at least 1
 * @param idle how long a connection may stand still
 * @param request how long a request may take in all
 */
public record Limits(
        long modelBytes,
        long bodyBytes,
        int requests,
        int samples,
        int window,
        int timesteps,
        Duration idle,
        Duration request) {

    /** Limits for a machine of ordinary size. */
    public static final Limits DEFAULT =
            new Limits(1L << 30, 16L << 20, 64, 1024, 64, 10_000, Duration.ofSeconds(30), Duration.ofMinutes(10));

    public Limits {
        if (modelBytes < 1 || bodyBytes < 1 || requests < 1 || samples < 1 || window < 1 || timesteps < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
        if (idle.isNegative() || idle.isZero() || request.isNegative() || request.isZero()) {
            throw new IllegalArgumentException("times are longer than 0");
        }
    }
}
