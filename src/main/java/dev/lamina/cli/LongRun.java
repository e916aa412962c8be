package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.train.Checkpointing;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a training that may take hours. */
final class LongRun {

    private static final int MAX_MINUTES = 10_000;
    private static final double MINUTE_NANOS = 6e10;

    @Option(names = "--resume", description = "go on from the last checkpoint, which lies beside the model file")
    boolean resume;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            description =
                    "minutes from one checkpoint to the next within an epoch, such as 0.5; 0 for one after each batch"
                            + " (default: 10)")
    double minutes = Checkpointing.DEFAULT_INTERVAL.toMinutes();

    Checkpointing checkpointing(TrainingFiles files) {
        if (!(minutes >= 0 && minutes <= MAX_MINUTES)) {
            throw InputException.configuration(
                    "--checkpoint-minutes is " + minutes, "command line", "give it a number from 0 to " + MAX_MINUTES);
        }
        return new Checkpointing(files.checkpoint(), Duration.ofNanos((long) (minutes * MINUTE_NANOS)), resume);
    }
}
