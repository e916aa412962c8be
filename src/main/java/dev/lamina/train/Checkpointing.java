package dev.lamina.train;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a training is kept on disk, so that it can go on after whatever ends it.
 *
 * @param file where; what is there is replaced
 * @param interval how long to train between two writings within an epoch; the end of an epoch, and being asked to stop,
 *     are always written
 * @param resume whether to go on from what {@code file} holds and not from the start
 */
public record Checkpointing(Path file, Duration interval, boolean resume) {

    /** Every ten minutes: little is lost, and even the largest networks are written in seconds. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);
}
