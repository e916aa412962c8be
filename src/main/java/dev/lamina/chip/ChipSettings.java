package dev.lamina.chip;

import dev.lamina.io.Settings;
import java.time.Duration;

/**
 * How a chip is run. Results do not depend on it.
 *
 * @param burst time steps in one message, at least 1; 1 is strict lockstep, more let a layer's weights stay in cache
 * @param credit messages in flight between encoder and readout of each pipeline, at least 1
 * @param pipelines replicas of the network, each with samples of its own, at least 1; as many as threads keep all of
 *     these busy, however unequal the layers are
 * @param threads threads for all actors, at least 1
 * @param patience how long no message may leave the readout of a pipeline with work before it is taken to be wedged and its samples go to
 *     others; above 0, and longer than a burst takes through all layers
 */
public record ChipSettings(int burst, int credit, int pipelines, int threads, Duration patience) {

    /** Longer than any burst takes, by far. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The largest of each; together they bound the memory of the spikes in flight. */
    public static final int MAX = 1 << 12;

    /** A burst of 25, a credit of 8, and a thread and a pipeline for each processor. */
    public static final ChipSettings DEFAULT = withThreads(Runtime.getRuntime().availableProcessors());

    public ChipSettings {
        if (!inRange(burst) || !inRange(credit) || !inRange(pipelines) || !inRange(threads)) {
            throw new IllegalArgumentException("burst, credit, pipelines and threads must be within [1, " + MAX
                    + "]: burst " + burst + ", credit " + credit + ", pipelines " + pipelines + ", threads " + threads);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be above 0: " + patience);
        }
    }

    /** Settings with a patience of 60 seconds. */
    public ChipSettings(int burst, int credit, int pipelines, int threads) {
        this(burst, credit, pipelines, threads, PATIENCE);
    }

    private static boolean inRange(int value) {
        return value >= 1 && value <= MAX;
    }

    private static ChipSettings withThreads(int threads) {
        return new ChipSettings(25, 8, threads, threads);
    }

    /**
     * Reads the keys {@code burst}, {@code credit}, {@code pipelines}, {@code threads} and {@code patience-seconds}, each with its
     * default; that of {@code pipelines} is the number of threads.
     */
    public static ChipSettings parse(Settings settings) {
        ChipSettings defaults = withThreads(settings.integer("threads", 1, MAX, DEFAULT.threads));
        ChipSettings parsed = new ChipSettings(
                settings.integer("burst", 1, MAX, defaults.burst),
                settings.integer("credit", 1, MAX, defaults.credit),
                settings.integer("pipelines", 1, MAX, defaults.pipelines),
                defaults.threads,
                Duration.ofSeconds(settings.integer("patience-seconds", 1, MAX, (int) PATIENCE.toSeconds())));
        settings.done();
        return parsed;
    }
}
