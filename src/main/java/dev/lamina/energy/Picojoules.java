package dev.lamina.energy;

import dev.lamina.io.Settings;

/** The unit of a profile's costs: how it is read and what it is in joules. */
final class Picojoules {

    private static final double JOULES = 1e-12;

    /** More than a millijoule an operation is a mistyped unit. */
    private static final double MAX = 1e9;

    private Picojoules() {}

    /** The cost under {@code key}. */
    static double read(Settings settings, String key) {
        return settings.real(key, 0, MAX);
    }

    /** The cost under {@code key}, or {@code fallback} where it is absent. */
    static double read(Settings settings, String key, double fallback) {
        return settings.real(key, 0, MAX, fallback);
    }

    static double toJoules(double picojoules) {
        return picojoules * JOULES;
    }
}
