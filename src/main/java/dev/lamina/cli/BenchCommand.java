package dev.lamina.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.bench.DrawnModel;
import dev.lamina.bench.LayerSpeed;
import dev.lamina.bench.Roofline;
import dev.lamina.bench.Scaling;
import dev.lamina.bench.SpeedBenchmark;
import dev.lamina.bench.SpeedResult;
import dev.lamina.bench.Timed;
import dev.lamina.chip.ChipSettings;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.JsonReport;
import dev.lamina.report.Quantity;
import dev.lamina.report.TextTable;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Kernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the event-driven run with the dense one, for speed and for agreement. */
@Command(
        name = "bench",
        description = "Runs the same models on the same samples event by event and densely (PyTorch), in turn in one"
                + " process; says how fast each is, how well they agree, and how near each layer comes to the rate at"
                + " which a core can load weights.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina bench sim-configs/quickstart.conf --limit 500 --rounds 5")
final class BenchCommand implements Callable<Integer> {

    private static final int DRAWN_TIMESTEPS = 100;

    /** Arrays that fit the first, second and third cache of most processors, and none. */
    private static final int[] ROOFLINE_FLOATS = {1 << 12, 1 << 16, 1 << 19, 1 << 24};

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "what to simulate: files of sim-configs/; or files of models/, whose weights are then random and"
                            + " thresholds set for a rate of 4 %% (default: LeNet-5, VGG5 slim, and VGG16 with random weights)")
    List<Path> files = new ArrayList<>();

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Option(names = "--limit", paramLabel = "N", description = "the first N samples (default: ${DEFAULT-VALUE})")
    int limit = 250;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds of each, after one to warm up (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "samples at a time on each thread of the dense run (default: the fastest of some)")
    Optional<Integer> batch = Optional.empty();

    @Option(names = "--timesteps", paramLabel = "T", description = "time steps a sample")
    Optional<Integer> timesteps = Optional.empty();

    @Option(
            names = "--arithmetic",
            paramLabel = "NUMBERS",
            converter = Choice.Arithmetics.class,
            completionCandidates = Choice.Arithmetics.class,
            description = "the numbers that layers compute with in the event-driven run: ${COMPLETION-CANDIDATES}")
    Optional<Arithmetic> arithmetic = Optional.empty();

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Override
    public Integer call() {
        SimulateCommand.atLeastOne("--limit", Optional.of(limit));
        SimulateCommand.atLeastOne("--rounds", Optional.of(rounds));
        SimulateCommand.atLeastOne("--batch", batch);
        SimulateCommand.timesteps(timesteps);
        List<Subject> subjects = (files.isEmpty() ? standard() : files)
                .stream().map(this::subject).toList();
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode networks = root.putArray("networks");
        for (Subject subject : subjects) {
            SpeedResult result = measured(subject.benchmark);
            if (json) {
                put(networks.addObject(), subject, result);
            } else {
                say(subject, result);
            }
        }
        if (json) {
            ArrayNode roofline = root.putArray("roofline");
            for (int floats : ROOFLINE_FLOATS) {
                roofline.addObject()
                        .put("bytes", (long) floats * Float.BYTES)
                        .put("floats_per_second", Roofline.floatsPerSecond(Kernels.fastest(), floats));
            }
            System.out.println(JsonReport.render(root));
        }
        return 0;
    }

    /** What is measured, and where its weights are from. */
    private record Subject(SpeedBenchmark benchmark, String weights) {}

    private static List<Path> standard() {
        return Stream.of("sim-configs/lenet5-mnist.conf", "sim-configs/vgg5-slim-cifar10.conf", "models/vgg16.conf")
                .map(DemoCommand.home()::resolve)
                .toList();
    }

    private Subject subject(Path file) {
        return Settings.read(file).has("network") ? drawn(file) : trained(file);
    }

    private Subject drawn(Path file) {
        ModelConfig config = ModelConfig.read(file);
        Dataset all = Datasets.open(config.recipe().dataset(), Split.TEST, data.folder);
        int steps = timesteps.orElse(DRAWN_TIMESTEPS);
        SpikingModel model = DrawnModel.of(config.network(), config.preprocessing(), all, steps, 1);
        Simulation.check(model, file.toString(), all);
        return new Subject(
                benchmark(model, all, steps, 1, arithmetic.orElse(Arithmetic.FLOAT32), ChipSettings.DEFAULT), "drawn");
    }

    private Subject trained(Path file) {
        SimulationConfig config = SimulationConfig.read(file);
        SpikingModel model = SimulateCommand.withEncoder(ModelFile.readSpiking(config.model()), config);
        Dataset all = Datasets.open(config.dataset(), config.split(), data.folder);
        Simulation.check(model, config.model().toString(), all);
        Arithmetic numbers = arithmetic.orElse(config.arithmetic());
        Simulation.check(model, numbers);
        int steps = timesteps.orElse(config.timesteps().orElse(model.timesteps()));
        return new Subject(benchmark(model, all, steps, config.seed(), numbers, config.chip()), "trained");
    }

    private SpeedBenchmark benchmark(
            SpikingModel model, Dataset all, int steps, long seed, Arithmetic numbers, ChipSettings chip) {
        return new SpeedBenchmark(
                model,
                all.slice(0, Math.min(limit, all.size())),
                steps,
                seed,
                numbers,
                chip,
                rounds,
                batch.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private static SpeedResult measured(SpeedBenchmark benchmark) {
        try (Progress progress = new Progress(benchmark.model().network().name(), benchmark.steps())) {
            return benchmark
                    .run(progress::step, Interruption::requested)
                    .orElseThrow(() -> InputException.stopped(
                            "stopped before all rounds were measured",
                            "bench",
                            "nothing is reported; give fewer --rounds or a smaller --limit"));
        }
    }

    private static void put(ObjectNode node, Subject subject, SpeedResult result) {
        SpeedBenchmark benchmark = subject.benchmark;
        node.put("name", benchmark.model().network().name())
                .put("weights", subject.weights)
                .put("arithmetic", Choice.name(benchmark.arithmetic()))
                .put("samples", result.samples())
                .put("timesteps", benchmark.timesteps())
                .put("rounds", benchmark.rounds())
                .put("dense_batch", result.denseBatch())
                .put("mean_rate", result.meanRate())
                .put("event_samples_per_second", result.eventRate())
                .put("dense_samples_per_second", result.denseRate())
                .put("ratio", result.ratio())
                .put("threads", result.threads())
                .put("two_thread_ratio", result.threadRatio())
                .put("synops_per_second", result.synops() * result.eventRate())
                .put("agreement", result.agreement())
                .put("largest_spike_count_deviation", result.deviation())
                .put("allocated_bytes_per_tick", result.allocatedPerTick());
        ArrayNode layers = node.putArray("layers");
        for (LayerSpeed layer : result.layers()) {
            layers.addObject()
                    .put("name", layer.name())
                    .put("synops", layer.synops())
                    .put("seconds", layer.seconds())
                    .put("synops_per_second", layer.synopsPerSecond())
                    .put("roofline", layer.roofline())
                    .put("roofline_share", layer.rooflineShare());
        }
        ArrayNode loads = node.putArray("scaling");
        for (Scaling scaling : result.scaling()) {
            loads.addObject()
                    .put("load", scaling.load())
                    .put("synops", scaling.synops())
                    .put("seconds", scaling.time().median());
        }
    }

    private static TextTable scaling(SpeedResult result) {
        TextTable table = new TextTable("load", "Gsynops", "median s", "synops, times", "time, times");
        Scaling base = result.scaling().get(0);
        for (Scaling scaling : result.scaling()) {
            table.row(
                    scaling.load(),
                    Quantity.number(scaling.synops() / 1e9, 3),
                    Quantity.number(scaling.time().median(), 3),
                    Quantity.number((double) scaling.synops() / base.synops(), 2),
                    Quantity.number(scaling.time().median() / base.time().median(), 2));
        }
        return table;
    }

    private static void say(Subject subject, SpeedResult result) {
        SpeedBenchmark benchmark = subject.benchmark;
        TextTable runs = new TextTable("run", "median s", "min s", "max s", "samples/s");
        row(runs, "event-driven, " + threads(result.threads()), result.event(), result.eventRate());
        row(
                runs,
                "event-driven, 1 thread",
                result.oneThread(),
                result.samples() / result.oneThread().median());
        row(runs, "dense (PyTorch)", result.dense(), result.denseRate());
        TextTable layers =
                new TextTable("layer, 1 thread", "ms/sample", "Msynops/sample", "Gsynops/s", "roofline", "share");
        for (LayerSpeed layer : result.layers()) {
            layers.row(
                    layer.name(),
                    Quantity.number(1e3 * layer.seconds(), 3),
                    Quantity.number(layer.synops() / 1e6, 2),
                    Quantity.number(layer.synopsPerSecond() / 1e9, 2),
                    Quantity.number(layer.roofline() / 1e9, 1),
                    Quantity.percent(layer.rooflineShare()));
        }
        Say.result(
                "%s, %s, %,d samples, T = %d, %s, %d rounds, dense batch %d, mean rate %s%n%n%s%n%s%n%s%n"
                        + "event-driven : dense = %.2f (%s); all threads : one = %.2f; %,.0f bytes allocated a time step%n"
                        + "predictions agree on %.2f %% of samples; spike counts of a layer differ by at most %.4f %%%n",
                benchmark.model().network().name(),
                subject.weights,
                result.samples(),
                benchmark.timesteps(),
                Choice.name(benchmark.arithmetic()),
                benchmark.rounds(),
                result.denseBatch(),
                Quantity.percent(result.meanRate()),
                runs.render(),
                layers.render(),
                scaling(result).render(),
                result.ratio(),
                Quantity.scaled(result.synops() * result.eventRate(), "synops/s"),
                result.threadRatio(),
                result.allocatedPerTick(),
                100 * result.agreement(),
                100 * result.deviation());
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private static void row(TextTable table, String name, Timed timed, double rate) {
        table.row(
                name,
                Quantity.number(timed.median(), 3),
                Quantity.number(timed.min(), 3),
                Quantity.number(timed.max(), 3),
                Quantity.number(rate, 0));
    }
}
