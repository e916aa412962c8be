package dev.lamina.serve;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a request says about its run, gathered key by key. For one thread. */
final class RunSettings {

    static final String KEYS = "timesteps, seed, predictions_by_timestep";

    private final int maxTimesteps;
    private OptionalInt timesteps = OptionalInt.empty();
    private OptionalLong seed = OptionalLong.empty();
    private boolean byTimestep;

    RunSettings(int maxTimesteps) {
        this.maxTimesteps = maxTimesteps;
    }

    /** Reads the value of a key if it is about the run. */
    boolean read(String key, JsonBody body) throws IOException {
        switch (key) {
            case "timesteps" -> timesteps = OptionalInt.of((int) body.wholeNumber(key, 1, maxTimesteps));
            case "seed" -> seed = OptionalLong.of(body.wholeNumber(key, Long.MIN_VALUE, Long.MAX_VALUE));
            case "predictions_by_timestep" -> byTimestep = body.flag(key);
            default -> {
                return false;
            }
        }
        return true;
    }

    OptionalInt timesteps() {
        return timesteps;
    }

    OptionalLong seed() {
        return seed;
    }

    /** Whether the predictions after every time step are asked for. */
    boolean byTimestep() {
        return byTimestep;
    }
}
