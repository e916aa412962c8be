package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.train.Checkpointing;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a training that may take hours. */
final class LongRun {

    private static final int MAX_MINUTES = 10_000;

    @Option(names = "--resume", description = "go on from the last checkpoint, which lies beside the model file")
    boolean resume;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            description = "minutes from one checkpoint to the next within an epoch (default: ${DEFAULT-VALUE})")
    int minutes = (int) Checkpointing.DEFAULT_INTERVAL.toMinutes();

    Checkpointing checkpointing(TrainingFiles files) {
        if (minutes < 1 || minutes > MAX_MINUTES) {
            throw InputException.configuration(
                    "--checkpoint-minutes is " + minutes,
                    "command line",
                    "give it a whole number from 1 to " + MAX_MINUTES);
        }
        return new Checkpointing(files.checkpoint(), Duration.ofMinutes(minutes), resume);
    }
}
