package dev.lamina.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {

    @Option(names = "--verbose", description = "say more, and show the stack trace of a failure")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;

    /** Whether the command that was parsed asked for more words. */
    static boolean verbose(CommandLine.ParseResult result) {
        CommandLine.ParseResult innermost = result;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--verbose");
    }

    /** Where data sets are looked for first. */
    static final class Data {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "the folder of the data sets (default: $LAMINA_DATA, then data/)")
        Optional<Path> folder = Optional.empty();
    }
}
