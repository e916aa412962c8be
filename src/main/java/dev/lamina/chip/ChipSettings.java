package dev.lamina.chip;

import dev.lamina.io.Settings;

/**
 * How a chip is run. Results do not depend on it.
 *
 * @param burst time steps in one message, at least 1; 1 is strict lockstep, more let a layer's weights stay in cache
 * @param credit messages in flight between encoder and readout, at least 1
 * @param threads threads for all actors, at least 1
 */
public record ChipSettings(int burst, int credit, int threads) {

    /** The largest burst and credit; together they bound the memory of the spikes in flight. */
    public static final int MAX = 1 << 12;

    /** A burst of 10, a credit of 16, and a thread for each processor. */
    public static final ChipSettings DEFAULT =
            new ChipSettings(10, 16, Runtime.getRuntime().availableProcessors());

    public ChipSettings {
        if (burst < 1 || burst > MAX || credit < 1 || credit > MAX || threads < 1 || threads > MAX) {
            throw new IllegalArgumentException("burst, credit and threads must be within [1, " + MAX + "]: burst "
                    + burst + ", credit " + credit + ", threads " + threads);
        }
    }

    /** Reads the keys {@code burst}, {@code credit} and {@code threads}, each with its default. */
    public static ChipSettings parse(Settings settings) {
        ChipSettings parsed = new ChipSettings(
                settings.integer("burst", 1, MAX, DEFAULT.burst),
                settings.integer("credit", 1, MAX, DEFAULT.credit),
                settings.integer("threads", 1, MAX, DEFAULT.threads));
        settings.done();
        return parsed;
    }
}
