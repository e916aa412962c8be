package dev.lamina.train;

import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a training is kept on disk, so that it can go on after whatever ends it.
 *
 * @param file where; what is there is gone when a training begins that does not go on from it
 * @param interval how long to train between two writings within an epoch, 0 for a writing after each batch; the end of an epoch, and being asked to stop,
 *     are always written
 * @param resume whether to go on from what {@code file} holds and not from the start
 */
public record Checkpointing(Path file, Duration interval, boolean resume) {

    /** Every ten minutes: little is lost, and even the largest networks are written in seconds. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);

    /**
     * Begins a training: unless it goes on from what the file holds, that is deleted. Were it left until the first writing, a
     * training killed before would be resumed as the earlier one, among files of its own.
     *
     * @throws InputException if the disk refuses
     */
    public void begin() {
        if (resume) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot delete the checkpoint of an earlier training",
                    file.toString(),
                    "free or choose another place (" + Reason.of(e) + ")",
                    e);
        }
    }
}
