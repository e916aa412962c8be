package dev.lamina.fuzz;

import java.io.IOException;
import java.util.Optional;

/** The class that Jazzer calls, for the target that the system property {@code fuzz.target} names. */
public final class FuzzDriver {

    private static Optional<FuzzTarget> target = Optional.empty();

    private FuzzDriver() {}

    /** Makes the target and loads its classes, which takes Jazzer longer than any input may take. */
    public static void fuzzerInitialize() throws IOException {
        FuzzTarget made = FuzzTargets.named(System.getProperty("fuzz.target", ""));
        made.seeds().forEach(seed -> FuzzProperty.check(made, seed));
        FuzzProperty.check(made, new byte[0]);
        target = Optional.of(made);
    }

    /** Tries an input; whatever this throws, Jazzer reports. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzProperty.check(target.orElseThrow(), input);
    }
}
