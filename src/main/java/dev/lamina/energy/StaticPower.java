package dev.lamina.energy;

import dev.lamina.io.Settings;

/**
 * The power that flows whether or not anything happens: section {@code static} of a profile. It belongs to the whole hardware that a
 * network runs on, not to one of its layers.
 *
 * @param milliwatts the power
 * @param tickMicroseconds how long a time step takes
 */
public record StaticPower(double milliwatts, double tickMicroseconds) {

    private static final double MAX_MILLIWATTS = 1e9;
    private static final double MAX_MICROSECONDS = 1e9;
    private static final double JOULES = 1e-3 * 1e-6;

    static StaticPower parse(Settings section) {
        StaticPower power = new StaticPower(
                section.real("milliwatts", 0, MAX_MILLIWATTS), section.real("tick-microseconds", 0, MAX_MICROSECONDS));
        section.done();
        return power;
    }

    double joules(double timesteps) {
        return milliwatts * tickMicroseconds * timesteps * JOULES;
    }
}
