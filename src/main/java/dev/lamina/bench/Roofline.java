package dev.lamina.bench;

import dev.lamina.sim.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * The rate at which one core adds up floats that it loads: the most that the sum of weight rows can reach. It depends on which
 * cache the weights fit into.
 */
public final class Roofline {

    private static final int ROUNDS = 7;
    /** Floats that a round adds up: some ten milliseconds' worth. */
    private static final long FLOATS = 1L << 28;

    private Roofline() {}

    /**
     * Measures it.
     *
     * @param floats the length of the array that is streamed again and again, at least 1
     * @return floats added in a second, the median of several rounds
     */
    public static double floatsPerSecond(Kernel kernel, int floats) {
        int length = Math.max(Kernel.TOTAL_BLOCK, floats / Kernel.TOTAL_BLOCK * Kernel.TOTAL_BLOCK);
        float[] values = new float[length];
        long passes = Math.max(1, FLOATS / length);
        List<Double> seconds = new ArrayList<>();
        float sink = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            for (long pass = 0; pass < passes; pass++) {
                sink += kernel.total(values);
            }
            if (round > 0) {
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }
        if (sink != 0) {
            throw new IllegalStateException("zeros add up to " + sink);
        }
        return passes * (double) length / Timed.of(seconds).median();
    }
}
