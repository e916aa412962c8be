package dev.lamina.cli;

import dev.lamina.io.InputException;
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
            SimulateCommand.class,
            InspectCommand.class,
            BenchCommand.class,
            FetchCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExample:%n",
        footer = {"  ./lamina demo", "  source <(./lamina completion)     (completion for bash and zsh)"})
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        Interruption.install();
        int status = commandLine().execute(args);
        Interruption.finished();
        System.exit(status);
    }

    /** The command line, which tests execute in their own process. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.addSubcommand(
                "completion", new CommandLine(new AutoComplete.GenerateCompletion()).setCommandName("completion"));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setParameterExceptionHandler((e, args) -> {
            CommandLine command = e.getCommandLine();
            complain(
                    command,
                    e.getMessage() + ": see " + command.getCommandSpec().qualifiedName() + " --help");
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
            complain(command, "failed: " + e + ": run it again with --verbose for the stack trace");
            return CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine;
    }

    private static void complain(CommandLine command, String message) {
        command.getErr().println("lamina: " + message.replaceAll("\\R+", " "));
        command.getErr().flush();
    }
}
