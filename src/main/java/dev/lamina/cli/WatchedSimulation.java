package dev.lamina.cli;

import dev.lamina.chip.Answer;
import dev.lamina.chip.Chip;
import dev.lamina.chip.ModelVersion;
import dev.lamina.chip.RunHandle;
import dev.lamina.chip.RunOrder;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.SimulationReport;
import dev.lamina.report.Tally;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/*
 * A pass over the data set may begin with one version and end with another; each has a report of the samples that it
 * ran. What ran last is run again over all samples, unless it has done so.
 */
/** A simulation that goes on, and whose model is swapped when its file changes, while samples stream. */
final class WatchedSimulation {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    /**
     * What a version of the model did.
     *
     * @param version its number; the model at the start is 1
     * @param report of the samples that it ran in this pass
     */
    record VersionReport(long version, SimulationReport report) {}

    /** The samples of one pass that a version ran. */
    private static final class Part {
        final ModelVersion version;
        final Tally tally;
        final long start;
        long end;

        Part(ModelVersion version, Tally tally, long start) {
            this.version = version;
            this.tally = tally;
            this.start = start;
            end = start;
        }
    }

    private final Simulation simulation;
    private final Path file;
    private final UnaryOperator<SpikingModel> adaptation;
    private final WatchedFile watched;
    private final SpikeObserver observer;

    /**
     * A simulation with the model that it begins with.
     *
     * @param file the file of those that follow
     * @param adaptation what is done to them first
     * @param watched the watch over the file, begun before the first model was read
     */
    WatchedSimulation(Simulation simulation, Path file, UnaryOperator<SpikingModel> adaptation, WatchedFile watched) {
        this(simulation, file, adaptation, watched, SpikeObserver.NONE);
    }

    /** The same, with somebody who sees the spikes; for tests. */
    WatchedSimulation(
            Simulation simulation,
            Path file,
            UnaryOperator<SpikingModel> adaptation,
            WatchedFile watched,
            SpikeObserver observer) {
        this.simulation = simulation;
        this.file = file;
        this.adaptation = adaptation;
        this.watched = watched;
        this.observer = observer;
    }

    /**
     * Runs passes over the data set, one whenever there is a version that has not run all samples.
     *
     * @param stop asked now and then whether to end; so does Ctrl-C
     * @param reports takes each version's report at the end of a pass
     */
    void run(BooleanSupplier stop, Consumer<VersionReport> reports) throws InterruptedException {
        NetworkSynapses network = NetworkSynapses.of(simulation.model(), Kernels.fastest(), simulation.arithmetic());
        ModelVersion first = new ModelVersion(1, simulation.sha256(), network);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try (Chip chip = Chip.start(first, simulation.chip(), observer)) {
            ScheduledFuture<?> watching = watch.scheduleWithFixedDelay(
                    () -> look(chip), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            long complete = 0;
            while (!stop.getAsBoolean() && !watching.isDone()) {
                if (chip.model().number() != complete) {
                    complete = pass(chip, reports);
                } else {
                    pause();
                }
            }
            rethrow(watching);
        } finally {
            watch.shutdownNow();
        }
    }

    /** Waits for less than is between two looks at the file, or until Ctrl-C. */
    private static void pause() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Interruption.Listener listener = Interruption.listen(interrupted::countDown)) {
            boolean unused = interrupted.await(INTERVAL.toMillis() / 2, TimeUnit.MILLISECONDS);
        }
    }

    /** What ended the watch, if anything did, was no fault of the file's. */
    private static void rethrow(ScheduledFuture<?> watching) throws InterruptedException {
        if (watching.isDone()) {
            try {
                watching.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the watch over the file failed", e.getCause());
            }
        }
    }

    /** Runs all samples once; returns the version that ran them all, 0 if none did. */
    private long pass(Chip chip, Consumer<VersionReport> reports) {
        List<Part> parts = new ArrayList<>();
        int done;
        try (Progress progress = new Progress("simulating", simulation.dataset().size())) {
            long start = System.nanoTime();
            RunHandle handle = chip.start(new RunOrder(
                    IntStream.range(0, simulation.dataset().size()).toArray(),
                    simulation::input,
                    simulation.timesteps(),
                    simulation.seed(),
                    answer -> {
                        add(parts, start, answer);
                        progress.step();
                    }));
            try (Interruption.Listener listener = Interruption.listen(handle::cancel)) {
                done = handle.join();
            }
        }
        for (Part part : parts) {
            reports.accept(new VersionReport(part.version.number(), report(part)));
        }
        boolean whole = parts.size() == 1 && done == simulation.dataset().size();
        return whole ? parts.get(0).version.number() : 0;
    }

    /** Versions follow one another, so an answer belongs to the last part, or begins the next. */
    private void add(List<Part> parts, long start, Answer answer) {
        ModelVersion version = answer.model();
        if (parts.isEmpty() || parts.get(parts.size() - 1).version.number() != version.number()) {
            long from = parts.isEmpty() ? start : parts.get(parts.size() - 1).end;
            parts.add(new Part(version, simulation.tally(), from));
        }
        Part part = parts.get(parts.size() - 1);
        Inference inference = answer.inference();
        part.tally.add(inference, simulation.dataset().label(inference.sample()));
        part.end = System.nanoTime();
    }

    private SimulationReport report(Part part) {
        return simulation
                .with(part.version.network().model(), source(part.version), part.version.sha256())
                .report(part.tally, (part.end - part.start) / 1e9);
    }

    private String source(ModelVersion version) {
        return version.number() == 1 ? simulation.file() : file.toString();
    }

    /** Puts the file's model in the running one's place if it has changed. What is wrong with it is said, and no harm. */
    private void look(Chip chip) {
        if (!watched.changed()) {
            return;
        }
        ModelVersion running = chip.model();
        try {
            ModelVersion next = read(chip);
            if (!next.sha256().equals(running.sha256())) {
                chip.swap(next);
                Say.line("%s has changed: version %d runs", file, next.number());
            }
        } catch (InputException e) {
            Say.line(
                    "%s has changed, and version %d goes on: %s",
                    file, running.number(), String.valueOf(e.getMessage()));
        }
    }

    private ModelVersion read(Chip chip) {
        ModelFile.Digested read = ModelFile.readDigested(file);
        SpikingModel model = adaptation.apply(ModelFile.spiking(read.model(), file.toString()));
        // Before it is laid out: a small file may be a large network.
        chip.objection(model).ifPresent(objection -> {
            throw InputException.file(
                    "the model does not fit", file.toString(), objection + "; write one of the network that runs");
        });
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest(), simulation.arithmetic());
        return new ModelVersion(chip.model().number() + 1, read.sha256(), network);
    }
}
