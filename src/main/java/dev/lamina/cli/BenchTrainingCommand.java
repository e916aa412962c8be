package dev.lamina.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.bench.DrawnModel;
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
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.TensorLibrary;
import dev.lamina.train.TrainingBenchmark;
import dev.lamina.train.TrainingBenchmark.Cost;
import dev.lamina.train.TrainingBenchmark.Way;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the gradient of a spiking network with automatic differentiation over all time steps. */
@Command(
        name = "bench-training",
        description = "Makes the same gradient of a spiking network by our backward pass and by PyTorch's automatic"
                + " differentiation over all time steps, in turn in one process; says how fast each is and how much"
                + " memory it takes.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./lamina bench-training models/lenet5-mnist.safetensors \\",
            "      --recipe models/lenet5.conf --timesteps 100",
            "  ./lamina bench-training --recipe models/vgg16.conf \\",
            "      --batch 32 --only stdb-bfloat16"
        })
final class BenchTrainingCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "SNN.safetensors",
            description =
                    "the spiking model (default: the recipe's network with weights drawn at random, and thresholds at"
                            + " which 4 %% of its neurons fire)")
    Optional<Path> file = Optional.empty();

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Option(
            names = "--recipe",
            required = true,
            paramLabel = "MODEL.conf",
            description = "take the section fine-tuning of a file of models/")
    Path recipe;

    @Option(names = "--timesteps", paramLabel = "T", description = "time steps a sample (default: the recipe's)")
    Optional<Integer> timesteps = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "samples of the gradient (default: the recipe's)")
    Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds of each, after one to warm up (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(
            names = "--only",
            paramLabel = "WAY",
            converter = Choice.TrainingWays.class,
            completionCandidates = Choice.TrainingWays.class,
            description = "measure one of ${COMPLETION-CANDIDATES} (default: all, each one's memory in a process of its"
                    + " own)")
    Optional<Way> only = Optional.empty();

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Override
    public Integer call() {
        SimulateCommand.atLeastOne("--rounds", Optional.of(rounds));
        Map<String, Object> values = new LinkedHashMap<>();
        timesteps.ifPresent(value -> values.put("timesteps", value));
        batch.ifPresent(value -> values.put("batch", value));
        Settings section = ModelConfig.fineTuning(recipe).with("command line", values);
        Dataset train = Datasets.open(Datasets.name(section), Split.TRAIN, data.folder);
        FineTuningRecipe training = FineTuningRecipe.parse(section);
        SpikingModel model = file.map(ModelFile::readSpiking).orElseGet(() -> drawn(train, training.timesteps()));
        Simulation.check(model, file.orElse(recipe).toString(), train);
        TensorLibrary.useAllCores();
        List<Way> ways = only.map(List::of).orElse(List.of(Way.values()));
        Map<Way, Long> memory = new EnumMap<>(Way.class);
        TrainingBenchmark.Result result;
        try (Progress progress = new Progress("measuring", (long) ways.size() * (rounds + 1))) {
            if (only.isEmpty()) {
                for (Way way : ways) {
                    stopIfRequested();
                    memory.put(way, memoryAlone(way));
                }
            }
            result = TrainingBenchmark.run(
                    model, training, train, ways, rounds, progress::step, Interruption::requested);
        }
        stopIfRequested();
        ImmutableList<Cost> costs = result.costs()
                .collect(cost -> new Cost(cost.way(), cost.seconds(), memory.getOrDefault(cost.way(), cost.bytes())));
        report(model, training, result.samples(), costs, result.deviation());
        return 0;
    }

    private SpikingModel drawn(Dataset train, int steps) {
        ModelConfig config = ModelConfig.read(recipe);
        return DrawnModel.of(config.network(), config.preprocessing(), train, steps, 1);
    }

    private static void stopIfRequested() {
        if (Interruption.requested()) {
            throw InputException.stopped(
                    "stopped before all rounds were measured",
                    "bench-training",
                    "nothing is reported; give fewer --rounds or a smaller --batch");
        }
    }

    /** What a way takes in a process where nothing was done before. */
    private long memoryAlone(Way way) {
        RuntimeMXBean java = ManagementFactory.getRuntimeMXBean();
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(java.getInputArguments());
        command.addAll(List.of("-cp", java.getClassPath(), Main.class.getName()));
        command.add("bench-training");
        file.ifPresent(path -> command.add(path.toString()));
        command.addAll(List.of("--recipe", recipe.toString()));
        timesteps.ifPresent(value -> command.addAll(List.of("--timesteps", value.toString())));
        batch.ifPresent(value -> command.addAll(List.of("--batch", value.toString())));
        data.folder.ifPresent(value -> command.addAll(List.of("--data", value.toString())));
        command.addAll(List.of("--only", Choice.name(way), "--rounds", "1", "--json"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = process.getInputStream()) {
                JsonNode bytes = new ObjectMapper().readTree(out).at("/ways/0/bytes");
                if (bytes.isMissingNode()) {
                    throw new IOException("it told nothing: is there memory enough?");
                }
                return bytes.longValue();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw InputException.file(
                    "the process that measures the memory of " + Choice.name(way) + " failed",
                    "bench-training",
                    "run it with --only " + Choice.name(way) + " to see why, or give a smaller --batch",
                    e);
        }
    }

    private void report(
            SpikingModel model, FineTuningRecipe training, int samples, ImmutableList<Cost> costs, double deviation) {
        Cost plain = costs.detectOptional(cost -> cost.way() == Way.AUTOGRAD).orElse(costs.get(0));
        ArrayNode ways = new ObjectMapper().createArrayNode();
        TextTable table =
                new TextTable("gradient", "median s", "min s", "max s", "samples/s", "speed", "memory MB", "memory");
        for (Cost cost : costs) {
            double speed = plain.median() / cost.median();
            double memory = (double) cost.bytes() / plain.bytes();
            double[] seconds = cost.seconds();
            table.row(
                    name(cost.way()),
                    Quantity.number(cost.median(), 3),
                    Quantity.number(seconds[0], 3),
                    Quantity.number(seconds[seconds.length - 1], 3),
                    Quantity.number(samples / cost.median(), 2),
                    Quantity.number(speed, 2) + " x",
                    Quantity.number(cost.bytes() / 1e6, 0),
                    Quantity.number(memory, 3) + " x");
            ways.addObject()
                    .put("way", Choice.name(cost.way()))
                    .put("seconds", cost.median())
                    .put("samples_per_second", samples / cost.median())
                    .put("speed", speed)
                    .put("bytes", cost.bytes())
                    .put("memory", memory);
        }
        if (json) {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.put("network", model.network().name())
                    .put("drawn", file.isEmpty())
                    .put("timesteps", training.timesteps())
                    .put("batch", samples)
                    .put("rounds", rounds)
                    .put("gradient_deviation", deviation)
                    .set("ways", ways);
            System.out.println(JsonReport.render(root));
            return;
        }
        Say.result(
                "%s%s, T = %d, batch %d, %d rounds, %s%n%n%s%s",
                model.network().name(),
                file.isPresent() ? "" : ", drawn weights",
                training.timesteps(),
                samples,
                rounds,
                training.surrogate(),
                table.render(),
                Double.isNaN(deviation)
                        ? ""
                        : "\nthe float32 gradients differ by " + Quantity.number(deviation, 7)
                                + " of their length at most");
    }

    private static String name(Way way) {
        return switch (way) {
            case AUTOGRAD -> "autograd over all time steps, float32";
            case STDB_FLOAT32 -> "STDB, float32";
            case STDB_BFLOAT16 -> "STDB, bfloat16 on the way back";
        };
    }
}
