package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.train.Checkpointing;
import java.nio.file.Files;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a training that may take hours. */
final class LongRun {

    private static final int MAX_MINUTES = 10_000;
    private static final double MINUTE_NANOS = 6e10;

    @Option(names = "--resume", description = "go on from the last checkpoint, which lies beside the model file")
    boolean resume;

    @Option(names = "--overwrite", description = "begin anew where an earlier training lies, which is lost")
    boolean overwrite;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            description =
                    "minutes from one checkpoint to the next within an epoch, such as 0.5; 0 for one after each batch"
                            + " (default: 10)")
    double minutes = Checkpointing.DEFAULT_INTERVAL.toMinutes();

    /**
     * How a training is kept.
     *
     * @throws InputException if an earlier one lies there, of which the user has not said what to do with it, or has said two things;
     *     or if a folder is in its place
     */
    Checkpointing checkpointing(TrainingFiles files) {
        if (!(minutes >= 0 && minutes <= MAX_MINUTES)) {
            throw InputException.configuration(
                    "--checkpoint-minutes is " + minutes,
                    RecipeOptions.ORIGIN,
                    "give it a number from 0 to " + MAX_MINUTES);
        }
        if (resume && overwrite) {
            throw InputException.configuration(
                    "--resume and --overwrite contradict each other",
                    RecipeOptions.ORIGIN,
                    "one goes on with the earlier training, the other replaces it; give one of them");
        }
        OutputFile.checkBeside(files.checkpoint(), "the checkpoint");
        OutputFile.checkBeside(files.metrics(), "the table of epochs");
        if (!resume && !overwrite && Files.exists(files.checkpoint())) {
            throw InputException.configuration(
                    "an earlier training lies there",
                    files.checkpoint().toString(),
                    "go on with it (--resume), replace it (--overwrite), or choose another --out");
        }
        return new Checkpointing(files.checkpoint(), Duration.ofNanos((long) (minutes * MINUTE_NANOS)), resume);
    }
}
