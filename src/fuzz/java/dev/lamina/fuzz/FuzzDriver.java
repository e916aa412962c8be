package dev.lamina.fuzz;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The class that Jazzer calls, for the target that the system property {@code fuzz.target} names. It says every few seconds how
 * many inputs were tried: {@link FuzzCampaign} may end the process at any time.
 */
public final class FuzzDriver {

    static final String EXECUTIONS = "executions: ";

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private static Optional<FuzzTarget> target = Optional.empty();
    private static long executions;
    private static long said;

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
        executions++;
        if (System.nanoTime() - said > PAUSE) {
            said = System.nanoTime();
            System.out.println(EXECUTIONS + executions);
        }
    }
}
