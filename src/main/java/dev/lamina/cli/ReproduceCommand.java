package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reproduces a row of the paper's table. */
@Command(
        name = "reproduce",
        description =
                "Runs a row of the paper's figure 9 end to end: trains the ordinary network, converts it, fine-tunes"
                        + " it, and measures every step with the event-driven simulator. What is done is kept: start it again"
                        + " to go on.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina reproduce vgg5 --budget 2h --data data")
final class ReproduceCommand implements Callable<Integer> {

    private static final Pattern BUDGET = Pattern.compile("([0-9]+)(s|m|h)");

    private static final int BUDGET_DIGITS = 6;

    @Parameters(paramLabel = "NETWORK", description = "lenet5, vgg5, vgg9 or vgg16")
    String network = "";

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "stop after this time, such as 90m or 2h, with what is done until then (default: none)")
    Optional<String> budget = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "the folder for models, checkpoints and measurements (default: runs/reproduce/NETWORK)")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        PaperRow paper = PaperRow.of(network);
        if (paper == null) {
            throw InputException.configuration(
                    "the paper's table has no such network",
                    network,
                    "give one of " + String.join(", ", PaperRow.NETWORKS));
        }
        budget.map(ReproduceCommand::duration).ifPresent(Interruption::after);
        Path file = DemoCommand.home().resolve("models").resolve(network + ".conf");
        ModelConfig config = ModelConfig.read(file);
        Dataset train = Datasets.open(config.recipe().dataset(), Split.TRAIN, data.folder);
        Dataset test = Datasets.open(config.recipe().dataset(), Split.TEST, data.folder);
        Path folder = out.orElse(Path.of("runs", "reproduce", network));
        Path rowFile = OutputFile.checked(folder.resolve("row.md"));
        ReproducedRow row = new Reproduction(config, ModelConfig.fineTuning(file), paper, train, test, folder).run();
        String table = row.markdown();
        AtomicFile.write(rowFile, text -> text.write(table.getBytes(StandardCharsets.UTF_8)));
        Say.result("%s", table.stripTrailing());
        if (row.failure().isPresent()) {
            throw row.failure().get();
        }
        if (Interruption.requested()) {
            Say.line("stopped; start it again to go on. %s holds what is done so far", folder);
            return 1;
        }
        return 0;
    }

    private static Duration duration(String text) {
        Matcher matcher = BUDGET.matcher(text);
        if (!matcher.matches()) {
            throw InputException.configuration(
                    "--budget is '" + text + "'", "command line", "give a number with s, m or h, such as 90m");
        }
        if (matcher.group(1).length() > BUDGET_DIGITS) {
            throw InputException.configuration(
                    "--budget is '" + text + "', which is too large",
                    "command line",
                    "give a number of at most " + BUDGET_DIGITS + " digits, or leave it out for no limit");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
