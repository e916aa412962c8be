package dev.lamina;

import java.util.stream.LongStream;

/** The seeds that a property is tested with: see "Tests" in CONTRIBUTING.md. */
public final class Seeds {

    /** The display name of a test whose only argument is a seed. */
    public static final String RERUN = "rerun with -Dtests.seed={0}";

    private Seeds() {}

    /** {@code -Dtests.seed} alone, or {@code -Dtests.iterations} seeds, or as many as the test takes by itself. */
    public static LongStream of(int iterations) {
        long only = Long.getLong("tests.seed", -1);
        return only >= 0
                ? LongStream.of(only)
                : LongStream.range(0, Integer.getInteger("tests.iterations", iterations));
    }
}
