package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class UsageTest {

    private static Stream<String> commands() {
        return Main.commandLine().getSubcommands().keySet().stream();
    }

    @Test
    void commandsAreTheDocumentedOnes() {
        assertTrue(commands()
                .toList()
                .containsAll(List.of("demo", "train", "convert", "finetune", "simulate", "inspect", "bench", "fetch")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasAnExampleThatCanBeCopied(String command) {
        CommandRun run = CommandRun.of(command, "--help").assertDone();
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("Usage: lamina " + command), run.out());
        String example = run.out().substring(run.out().indexOf("Example:"));
        assertTrue(example.contains("./lamina " + command) || example.contains("(./lamina " + command), example);
        example.lines().skip(1).forEach(line -> assertTrue(line.startsWith("  "), "wrapped: " + line));
        assertEquals(run.out(), CommandRun.of("help", command).assertDone().out());
    }

    @Test
    void helpOfTheProgramListsTheCommands() {
        String help = CommandRun.of("--help").assertDone().out();
        commands().forEach(command -> assertTrue(help.contains("  " + command + " "), command));
        assertTrue(help.contains("Example:\n  ./lamina demo"), help);
        assertTrue(CommandRun.of("--version").assertDone().out().startsWith("lamina "));
    }

    @ParameterizedTest
    @CsvSource({
        "'', missing required subcommand: , ./lamina --help",
        "frob, unknown command 'frob': , ./lamina --help",
        "--frob, unknown option '--frob': , ./lamina --help",
        "help frob, unknown subcommand 'frob': , ./lamina --help",
        "simulate, missing required parameter: 'SIM.conf': , ./lamina simulate --help",
        "simulate a b, one argument too many: 'b': , ./lamina simulate --help",
        "simulate a --frob, unknown option '--frob': , ./lamina simulate --help",
        "simulate a --limit x, 'x' is not a whole number (or too large): , ./lamina simulate --help",
        "simulate a --seed 0.5, '0.5' is not a whole number (or too large): , ./lamina simulate --help",
        "convert a --k x, 'x' is not a number: , ./lamina convert --help",
        "convert a --method best, 'best' is not one of baseline, './lamina convert --help'",
        "convert a --encoder morse, 'is not one of poisson, unsigned-poisson, direct: ', ./lamina convert --help",
        "convert a --k, option '--k' lacks its value (K): , ./lamina convert --help",
        "convert a --k --seed 3, 'option ''--k'' lacks its value, and ''--seed'' follows: ', ./lamina convert --help",
        "convert a --seed 1 --seed 2, option '--seed' is given more than once: , ./lamina convert --help",
        "simulate a --json=yes, option '--json' takes no value: , ./lamina simulate --help",
        "compare, 'at least 2 of RUN.json are needed, and none given: ', ./lamina compare --help",
        "compare a, 'at least 2 of RUN.json are needed, and 1 given: ', ./lamina compare --help",
        "train --resume, missing required parameter: 'MODEL.conf': , ./lamina train --help",
    })
    void wrongUsageIsOneLineAndExit2(String line, String what, String mend) {
        Object[] words = line.isEmpty() ? new Object[0] : line.split(" ");
        CommandRun.of(words).assertComplaint(2, "lamina: ", what, ": command line: ", "see " + mend);
    }

    @ParameterizedTest
    @CsvSource({
        "simulate sim-configs/quickstart.conf --limit 0, --limit is 0: command line: give it a whole number from 1",
        "simulate sim-configs/quickstart.conf --limit -3, --limit is -3: ",
        "simulate sim-configs/quickstart.conf --timesteps 0, --timesteps is 0: ",
        "bench sim-configs/quickstart.conf --rounds 0, --rounds is 0: ",
        "bench sim-configs/quickstart.conf --batch -1, --batch is -1: ",
        "bench sim-configs/quickstart.conf --limit 0, --limit is 0: ",
        "convert models/lenet5-digits.safetensors --k 0, k = 0.0: ",
        "convert models/lenet5-digits.safetensors --k -0.7, k = -0.7: ",
        "convert models/lenet5-digits.safetensors --k NaN, k = NaN: ",
        "convert models/lenet5-digits.safetensors --percentile 101, percentile = 101.0: ",
        "convert models/lenet5-digits.safetensors --timesteps 0, time steps = 0: ",
        "convert models/lenet5-digits.safetensors --balance-timesteps 0, balancing time steps = 0: ",
        "convert models/lenet5-digits.safetensors --balance-samples 0, balancing samples = 0: ",
        "convert models/lenet5-digits.safetensors --leak 1.5, --leak is 1.5: ",
        "convert models/lenet5-digits.safetensors --method baseline --k 0.5, --k has no meaning with --method baseline",
        "fetch imagenet, 'unknown data set ''imagenet'': fetch: to fetch are mnist, fashion-mnist, cifar10\n'",
        "reproduce lenet5 --budget 99999999999h, '--budget is ''99999999999h'', which is too large: command line: '",
    })
    void valueOutOfRangeIsOneLineAndExit2(String line, String what) {
        CommandRun.of((Object[]) line.split(" ")).assertComplaint(2, what);
    }
}
