package dev.lamina.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.JsonReport;
import dev.lamina.report.SimulationReport;
import dev.lamina.report.TextReport;
import dev.lamina.report.html.RunReport;
import dev.lamina.sim.Arithmetic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a spiking model on a data set, event by event. */
@Command(
        name = "simulate",
        description = "Runs a spiking model on a data set, event by event, and reports accuracy, spikes, synaptic"
                + " operations and energy.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina simulate sim-configs/quickstart.conf --limit 500")
final class SimulateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SIM.conf", description = "what to simulate: a file of sim-configs/")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Mixin
    DetailOptions detail;

    @Spec
    CommandSpec spec;

    @Option(names = "--limit", paramLabel = "N", description = "run only the first N samples")
    Optional<Integer> limit = Optional.empty();

    @Option(names = "--timesteps", paramLabel = "T", description = "time steps a sample")
    Optional<Integer> timesteps = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "seed of the encoder's random numbers")
    Optional<Long> seed = Optional.empty();

    @Option(names = "--model", paramLabel = "FILE", description = "the model, in place of the configuration's")
    Optional<Path> model = Optional.empty();

    @Option(
            names = "--watch",
            paramLabel = "FILE",
            description =
                    "run the model in this file, and whenever the file changes the model that is in it then, until"
                            + " Ctrl-C; a line for each version (with --json, a document a line)")
    Optional<Path> watch = Optional.empty();

    @Option(
            names = "--arithmetic",
            paramLabel = "NUMBERS",
            converter = Choice.Arithmetics.class,
            completionCandidates = Choice.Arithmetics.class,
            description = "the numbers that layers compute with: ${COMPLETION-CANDIDATES}")
    Optional<Arithmetic> arithmetic = Optional.empty();

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Override
    public Integer call() throws InterruptedException {
        detail.check();
        watch.ifPresent(path -> checkWatch());
        SimulationConfig config = SimulationConfig.read(file);
        Optional<WatchedFile> watched = watch.map(WatchedFile::new);
        Path modelFile = watch.filter(Files::exists).or(() -> model).orElse(config.model());
        ModelFile.Digested read = ModelFile.readDigested(modelFile);
        SpikingModel spiking = withEncoder(ModelFile.spiking(read.model(), modelFile.toString()), config);
        int steps = timesteps(timesteps).orElse(config.timesteps().orElse(spiking.timesteps()));
        Dataset dataset = limited(Datasets.open(config.dataset(), config.split(), data.folder), config);
        Simulation simulation = new Simulation(
                spiking,
                modelFile.toString(),
                read.sha256(),
                dataset,
                config.split(),
                steps,
                seed.orElse(config.seed()),
                arithmetic.orElse(config.arithmetic()),
                config.profiles(),
                config.chip(),
                detail,
                command(),
                common.verbose);
        if (watched.isPresent()) {
            watch(simulation, watch.orElseThrow(), config, watched.get());
            return 0;
        }
        detail.check(dataset);
        detail.report.ifPresent(RunReport::check);
        SimulationReport report = simulation.run();
        // First, so that a disk that is full does not cost it.
        System.out.print(json ? JsonReport.render(report) + "\n" : TextReport.render(report));
        detail.report.ifPresent(folder -> {
            ObjectNode run = JsonReport.tree(report);
            RunReport.begin(folder);
            byte[] bytes = JsonReport.render(run).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(folder.resolve("run.json"), out -> out.write(bytes));
            RunReport.write(folder, run);
            Say.line("the report: %s", folder.resolve("report.html"));
        });
        return 0;
    }

    private void watch(Simulation simulation, Path path, SimulationConfig config, WatchedFile watched)
            throws InterruptedException {
        Interruption.isTheOrdinaryEnd();
        Say.line("running %s, and then what %s holds; Ctrl-C ends it", simulation.file(), path);
        new WatchedSimulation(simulation, path, read -> withEncoder(read, config), watched)
                .run(Interruption::requested, this::print);
    }

    private void print(WatchedSimulation.VersionReport version) {
        SimulationReport report = version.report();
        if (json) {
            System.out.println(JsonReport.tree(report).put("model_version", version.version()));
        } else {
            Say.result(
                    "version %d (%.12s…): %s",
                    version.version(), report.subject().modelSha256(), TextReport.line(report));
        }
    }

    private void checkWatch() {
        detail.named().ifPresent(other -> {
            throw InputException.configuration(
                    "--watch goes on for as long as it is let, and " + other + " is about one run that ends",
                    "command line",
                    "leave one of them out");
        });
    }

    private String command() {
        return "./lamina "
                + ShellWords.line(spec.root().commandLine().getParseResult().originalArgs());
    }

    private Dataset limited(Dataset dataset, SimulationConfig config) {
        int wanted = atLeastOne("--limit", limit).orElse(config.limit().orElse(dataset.size()));
        return dataset.slice(0, Math.min(wanted, dataset.size()));
    }

    static SpikingModel withEncoder(SpikingModel model, SimulationConfig config) {
        return config.encoder().map(model::withEncoder).orElse(model);
    }

    /** The option {@code --timesteps}. */
    static Optional<Integer> timesteps(Optional<Integer> value) {
        return within("--timesteps", value, SimulationConfig.MAX_TIMESTEPS);
    }

    static Optional<Integer> atLeastOne(String option, Optional<Integer> value) {
        return within(option, value, Integer.MAX_VALUE);
    }

    private static Optional<Integer> within(String option, Optional<Integer> value, int max) {
        value.filter(v -> v < 1 || v > max).ifPresent(v -> {
            throw InputException.configuration(
                    option + " is " + v, "command line", "give it a whole number from 1 to " + max);
        });
        return value;
    }
}
