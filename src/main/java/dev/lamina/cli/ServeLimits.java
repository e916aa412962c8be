package dev.lamina.cli;

import dev.lamina.chip.ChipSettings;
import dev.lamina.io.InputException;
import dev.lamina.serve.Limits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a server takes on. */
final class ServeLimits {

    private static final int MIB = 1 << 20;
    private static final int MAX = 1 << 20;

    private static final int MAX_WINDOW = 256;

    /**
     * A model takes up to so many times its file's size in memory: weights that have 16 bits in the file have 32, once as
     * they were read and once laid out; and beside the model that comes there are the one that runs and the one whose samples
     * are still under way. Two more are left for all else.
     */
    private static final int MEMORY_OF_A_MODEL = 3 * 4 + 2;

    @Option(
            names = "--max-model",
            paramLabel = "MIB",
            description = "the largest model, and at most a fourteenth of Java's memory (default: ${DEFAULT-VALUE})")
    int model = (int) (Limits.DEFAULT.modelBytes() / MIB);

    @Option(names = "--max-body", paramLabel = "MIB", description = "the largest request (default: ${DEFAULT-VALUE})")
    int body = (int) (Limits.DEFAULT.bodyBytes() / MIB);

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            description = "requests in flight beside one that changes the model; more are told to come again (default:"
                    + " ${DEFAULT-VALUE})")
    int requests = Limits.DEFAULT.requests();

    @Option(
            names = "--max-samples",
            paramLabel = "N",
            description = "samples in flight, of all requests (default: ${DEFAULT-VALUE})")
    int samples = Limits.DEFAULT.samples();

    @Option(
            names = "--idle-timeout",
            paramLabel = "S",
            description = "seconds that a client may stand still (default: ${DEFAULT-VALUE})")
    int idle = (int) Limits.DEFAULT.idle().toSeconds();

    @Option(
            names = "--request-timeout",
            paramLabel = "S",
            description = "seconds that a request may take (default: ${DEFAULT-VALUE})")
    int request = (int) Limits.DEFAULT.request().toSeconds();

    /** The limits; a model must also be one that memory has room for. */
    Limits limits(ChipSettings chip) {
        long wanted = (long) inRange("--max-model", model) * MIB;
        long room = Runtime.getRuntime().maxMemory() / MEMORY_OF_A_MODEL;
        return new Limits(
                Math.min(wanted, room),
                (long) inRange("--max-body", body) * MIB,
                inRange("--max-requests", requests),
                inRange("--max-samples", samples),
                window(chip),
                Limits.DEFAULT.timesteps(),
                Duration.ofSeconds(inRange("--idle-timeout", idle)),
                Duration.ofSeconds(inRange("--request-timeout", request)));
    }

    /**
     * As many samples as one client needs in flight for all pipelines to be busy, even if each of them is one
     * message.
     */
    private static int window(ChipSettings chip) {
        return (int) Math.min((chip.credit() + 1L) * 2 * chip.pipelines(), MAX_WINDOW);
    }

    private static int inRange(String option, int value) {
        if (value < 1 || value > MAX) {
            throw InputException.configuration(
                    option + " is " + value, "command line", "give it a whole number from 1 to " + MAX);
        }
        return value;
    }
}
