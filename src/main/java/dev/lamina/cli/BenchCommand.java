package dev.lamina.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.chip.Chip;
import dev.lamina.chip.RunHandle;
import dev.lamina.chip.RunOrder;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.JsonReport;
import dev.lamina.report.Quantity;
import dev.lamina.report.Tally;
import dev.lamina.report.TextTable;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.train.DenseRun;
import dev.lamina.train.DenseSettings;
import dev.lamina.train.DenseSimulation;
import dev.lamina.train.TensorLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the event-driven run with the dense one, for speed and for agreement. */
@Command(
        name = "bench",
        description = "Runs the same model on the same samples event by event and densely (PyTorch), in turn in one"
                + " process; says how fast each is, and how well they agree.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina bench sim-configs/quickstart.conf --limit 500 --rounds 5")
final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SIM.conf", description = "what to simulate: a file of sim-configs/")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Option(names = "--limit", paramLabel = "N", description = "the first N samples (default: ${DEFAULT-VALUE})")
    int limit = 500;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds of each, after one to warm up (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "samples at a time in the dense run (default: ${DEFAULT-VALUE})")
    int batch = 100;

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

    /** What one way of running has shown. */
    private record Timed(double medianSeconds, double minSeconds, double maxSeconds) {

        static Timed of(List<Double> seconds) {
            double[] sorted = seconds.stream().mapToDouble(s -> s).sorted().toArray();
            return new Timed(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        }
    }

    @Override
    public Integer call() {
        SimulateCommand.atLeastOne("--limit", Optional.of(limit));
        SimulateCommand.atLeastOne("--rounds", Optional.of(rounds));
        SimulateCommand.atLeastOne("--batch", Optional.of(batch));
        SimulateCommand.atLeastOne("--timesteps", timesteps);
        SimulationConfig config = SimulationConfig.read(file);
        SpikingModel model = SimulateCommand.withEncoder(ModelFile.readSpiking(config.model()), config);
        Dataset all = Datasets.open(config.dataset(), config.split(), data.folder);
        Simulation.check(model, config.model().toString(), all);
        Arithmetic numbers = arithmetic.orElse(config.arithmetic());
        Simulation.check(model, numbers);
        Dataset dataset = all.slice(0, Math.min(limit, all.size()));
        int steps = timesteps.orElse(config.timesteps().orElse(model.timesteps()));
        int[] samples = IntStream.range(0, dataset.size()).toArray();
        TensorLibrary.useAllCores();
        DenseSimulation dense = new DenseSimulation(model, new DenseSettings(steps, config.seed(), batch, false));
        List<Double> eventSeconds = new ArrayList<>();
        List<Double> denseSeconds = new ArrayList<>();
        Inference[] inferences = new Inference[samples.length];
        DenseRun denseRun = dense.run(dataset.slice(0, 1), new int[] {0});
        try (Chip chip = Chip.start(NetworkSynapses.of(model, Kernels.fastest(), numbers), config.chip());
                Progress progress = new Progress("measuring", 2L * (rounds + 1))) {
            RunOrder order = new RunOrder(
                    samples,
                    sample -> model.preprocessing().apply(dataset, sample),
                    steps,
                    config.seed(),
                    inference -> inferences[inference.sample()] = inference);
            for (int round = 0; round <= rounds; round++) {
                long start = System.nanoTime();
                runEvents(chip, order);
                long middle = System.nanoTime();
                progress.step();
                denseRun = dense.run(dataset, samples);
                long end = System.nanoTime();
                progress.step();
                stopIfRequested();
                if (round > 0) {
                    eventSeconds.add((middle - start) / 1e9);
                    denseSeconds.add((end - middle) / 1e9);
                }
            }
        }
        Tally tally = new Tally(model.network().input().size(), model.network().projections(), steps);
        Arrays.stream(inferences).forEach(inference -> tally.add(inference, dataset.label(inference.sample())));
        report(model, numbers, steps, tally, inferences, denseRun, Timed.of(eventSeconds), Timed.of(denseSeconds));
        return 0;
    }

    private static void runEvents(Chip chip, RunOrder order) {
        RunHandle handle = chip.start(order);
        try (Interruption.Listener listener = Interruption.listen(handle::cancel)) {
            handle.join();
        }
        stopIfRequested();
    }

    private static void stopIfRequested() {
        if (Interruption.requested()) {
            throw InputException.file(
                    "stopped before all rounds were measured",
                    "bench",
                    "nothing is reported; give fewer --rounds or a smaller --limit");
        }
    }

    private void report(
            SpikingModel model,
            Arithmetic numbers,
            int steps,
            Tally tally,
            Inference[] inferences,
            DenseRun denseRun,
            Timed event,
            Timed dense) {
        int samples = inferences.length;
        long agreeing = IntStream.range(0, samples)
                .filter(i -> inferences[i].prediction() == denseRun.predictions()[i][steps - 1])
                .count();
        double agreement = (double) agreeing / samples;
        double deviation = 0;
        for (int layer = 0; layer < denseRun.spikes().length; layer++) {
            long spikes = tally.layers().get(layer).counts().spikes();
            deviation = Math.max(deviation, Math.abs(spikes - denseRun.spikes()[layer]) / (double) Math.max(1, spikes));
        }
        double eventRate = samples / event.medianSeconds();
        double denseRate = samples / dense.medianSeconds();
        double synopRate = tally.total().synops() / event.medianSeconds();
        if (json) {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.put("network", model.network().name())
                    .put("samples", samples)
                    .put("arithmetic", Choice.name(numbers))
                    .put("timesteps", steps)
                    .put("rounds", rounds)
                    .put("batch", batch)
                    .put("event_samples_per_second", eventRate)
                    .put("dense_samples_per_second", denseRate)
                    .put("ratio", eventRate / denseRate)
                    .put("synops_per_second", synopRate)
                    .put("agreement", agreement)
                    .put("largest_spike_count_deviation", deviation);
            System.out.println(JsonReport.render(root));
            return;
        }
        TextTable table = new TextTable("run", "median s", "min s", "max s", "samples/s");
        row(table, "event-driven", event, eventRate);
        row(table, "dense (PyTorch)", dense, denseRate);
        Say.result(
                "%s, %,d samples, T = %d, %s, %d rounds, dense batch %d%n%n%s%nevent-driven : dense = %.2f (%s)%n"
                        + "predictions agree on %.2f %% of samples; spike counts of a layer differ by at most %.4f %%",
                model.network().name(),
                samples,
                steps,
                Choice.name(numbers),
                rounds,
                batch,
                table.render(),
                eventRate / denseRate,
                Quantity.scaled(synopRate, "synops/s"),
                100 * agreement,
                100 * deviation);
    }

    private static void row(TextTable table, String name, Timed timed, double rate) {
        table.row(
                name,
                Quantity.number(timed.medianSeconds(), 3),
                Quantity.number(timed.minSeconds(), 3),
                Quantity.number(timed.maxSeconds(), 3),
                Quantity.number(rate, 0));
    }
}
