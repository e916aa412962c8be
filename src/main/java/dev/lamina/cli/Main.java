package dev.lamina.cli;

import dev.lamina.io.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
        name = "lamina",
        description =
                "Event-driven neuromorphic simulator: trains a network, converts it to spikes, and runs it as event"
                        + " traffic between layers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            TrainCommand.class,
            ConvertCommand.class,
            FineTuneCommand.class,
            ReproduceCommand.class,
            SimulateCommand.class,
            ServeCommand.class,
            PushCommand.class,
            InspectCommand.class,
            CompareCommand.class,
            BenchCommand.class,
            BenchTrainingCommand.class,
            FetchCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExample:%n",
        footer = {
            "  ./lamina demo",
            "  source <(./lamina completion)     (completes commands and options in bash and zsh)"
        })
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        Interruption.install();
        StandardStreams streams = StandardStreams.install();
        CommandLine commandLine = commandLine();
        int status = execute(commandLine, args);
        Optional<String> loss = streams.loss();
        if (loss.isPresent()) {
            complain(
                    commandLine,
                    "cannot write the results: standard output: free or choose another place (" + loss.get() + ")");
            status = CommandLine.ExitCode.SOFTWARE;
        }
        StandardStreams.closeError();
        Interruption.finished(status);
        System.exit(status);
    }

    /** An error, which picocli lets through, is told in one line as well, and does not keep Ctrl-C's hook waiting. */
    private static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError e) {
            complain(
                    commandLine,
                    "out of memory: " + e.getMessage() + ": give more, as in LAMINA_JAVA_OPTIONS=-Xmx8g ./lamina …");
        } catch (Error e) {
            if (Arrays.asList(args).contains("--verbose")) {
                e.printStackTrace(commandLine.getErr());
            }
            complain(commandLine, failed(e));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String failed(Throwable e) {
        return "failed: " + e + ": run it again with --verbose for the stack trace";
    }

    /** The command line, which tests execute in their own process. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion()).setCommandName("completion");
        CommandLine help = new CommandLine(new CommandLine.HelpCommand());
        commandLine.addSubcommand("completion", completion).addSubcommand("help", help);
        describe(help, "Shows the help of a command.", "  ./lamina help simulate");
        describe(completion, "Prints a completion script for bash and zsh.", "  source <(./lamina completion)");
        commandLine.setUsageHelpAutoWidth(true);
        // Of a shell variable that is not set; Java takes it for the current folder.
        commandLine.registerConverter(Path.class, text -> {
            if (text.isEmpty()) {
                throw new CommandLine.TypeConversionException("it is empty");
            }
            return Path.of(text);
        });
        commandLine.setParameterExceptionHandler((e, args) -> {
            CommandLine command = e.getCommandLine();
            complain(
                    command,
                    wrongUsage(e) + ": command line: see ./"
                            + command.getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((e, command, result) -> {
            if (CommonOptions.verbose(result)) {
                e.printStackTrace(command.getErr());
            }
            if (e instanceof InputException input) {
                complain(command, String.valueOf(input.getMessage()));
                return input.kind() == InputException.Kind.CONFIGURATION
                        ? CommandLine.ExitCode.USAGE
                        : CommandLine.ExitCode.SOFTWARE;
            }
            complain(command, failed(e));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine;
    }

    private static void describe(CommandLine command, String description, String example) {
        command.getCommandSpec()
                .usageMessage()
                .synopsisHeading("Usage: ")
                .optionListHeading("")
                .header(new String[0])
                .description(description)
                .footerHeading("%nExample:%n")
                .footer(example);
    }

    private static String wrongUsage(CommandLine.ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            boolean commandExpected = e.getCommandLine().getParent() == null;
            return (unmatched.isUnknownOption()
                            ? "unknown option '"
                            : commandExpected ? "unknown command '" : "one argument too many: '")
                    + unmatched.getUnmatched().get(0) + "'";
        }
        String message = String.valueOf(e.getMessage());
        return (message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1))
                .replaceFirst("\\.$", "")
                .replaceFirst(
                        "^positional parameter at index [0-9.+*]+ \\((.*?)\\) requires at least ([0-9]+) values, but"
                                + " (only )?(none|[0-9]+) were specified.*",
                        "at least $2 of $1 are needed, and $4 given")
                .replaceFirst(
                        "^expected parameter for (option '.*?') but found ('.*')$",
                        "$1 lacks its value, and $2 follows")
                .replaceFirst("^missing required parameter for (option '.*?')", "$1 lacks its value")
                .replaceFirst(
                        "^(option '.*?')( \\(.*?\\))? should be specified only once$", "$1 is given more than once")
                .replaceFirst("^invalid value for (option '.*?'): '.*' is not a boolean$", "$1 takes no value")
                .replaceFirst("for positional parameter at index [0-9.+*]+ \\((.*?)\\): ", "for $1: ")
                .replaceFirst("is not an? (byte|short|int|long)$", "is not a whole number (or too large)")
                .replaceFirst("is not a (float|double)$", "is not a number");
    }

    private static void complain(CommandLine command, String message) {
        command.getErr().println("lamina: " + message.replaceAll("\\R+", " "));
        command.getErr().flush();
    }
}
