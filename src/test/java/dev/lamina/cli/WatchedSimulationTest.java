package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.chip.ChipSettings;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.SimulationReport;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.SpikeObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WatchedSimulationTest {

    private static final int TIMESTEPS = 7;
    private static final int HELD = 10;
    private static final ChipSettings FEW_IN_FLIGHT = new ChipSettings(TIMESTEPS, 2, 1, 2);

    @TempDir
    private Path folder;

    private Path file;
    private SpikingModel model;
    private Dataset dataset;

    @BeforeEach
    void write() {
        file = TinyModels.spiking(folder);
        model = ModelFile.readSpiking(file);
        dataset = Datasets.open("drawn-digits", Split.TEST, Optional.empty()).slice(0, 200);
    }

    @Test
    void eachVersionsReportIsThatOfASimulationOfItsOwn() throws InterruptedException {
        SpikingModel second = model.withTimesteps(9);
        List<WatchedSimulation.VersionReport> reports = new ArrayList<>();
        hearing(
                new ByteArrayOutputStream(),
                () -> watched(SpikeObserver.NONE).run(() -> whole(reports) == 2, report -> {
                    reports.add(report);
                    if (whole(reports) == 1) {
                        ModelFile.write(file, second);
                    }
                }));
        assertEquals(1, reports.get(0).version());
        WatchedSimulation.VersionReport last = reports.get(reports.size() - 1);
        assertEquals(2, last.version());
        assertEquals(ModelFile.sha256(second), last.report().subject().modelSha256());
        for (WatchedSimulation.VersionReport report : reports) {
            SimulationReport alone =
                    simulation(report.version() == 1 ? model : second).run();
            assertEquals(alone.accuracy(), report.report().accuracy());
            assertEquals(alone.tally().total(), report.report().tally().total());
        }
    }

    @Test
    void whatCanNotRunIsSaidAndTheModelGoesOn() throws InterruptedException, IOException {
        byte[] good = Files.readAllBytes(file);
        String said = whileWatching(() -> Files.write(file, Arrays.copyOf(good, good.length - 7)));
        assertTrue(said.contains(file + " has changed, and version 1 goes on: "), said);
        String other = TinyModels.DEFINITION.replace("kernel = 4", "kernel = 7");
        said = whileWatching(() -> {
            Path fresh = Files.createDirectories(folder.resolve("other"));
            Files.write(file, Files.readAllBytes(TinyModels.spiking(fresh, other)));
        });
        assertTrue(said.contains("goes on: ") && said.contains("layer 'hidden'"), said);
    }

    @Test
    void passThatIsUnderWayGoesOnWithTheNewVersion() throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        AtomicInteger changes = new AtomicInteger();
        // A sample waits for the change; the chip may have begun all the others by then, so each pass is another try.
        SpikeObserver holding = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == SpikeObserver.INPUT && sample == HELD) {
                int version = changes.incrementAndGet() + 1;
                ModelFile.write(file, model.withTimesteps(10 + version));
                while (!said.toString(StandardCharsets.UTF_8).contains("version " + version + " runs")) {
                    Thread.onSpinWait();
                }
            }
        };
        List<WatchedSimulation.VersionReport> parts = new ArrayList<>();
        hearing(
                said,
                () -> watched(holding).run(() -> !parts.isEmpty(), report -> {
                    if (report.report().tally().samples() < dataset.size()) {
                        parts.add(report);
                    }
                }));
        assertEquals(2, parts.size());
        assertEquals(parts.get(0).version() + 1, parts.get(1).version());
        int before = parts.get(0).report().tally().samples();
        assertTrue(before > HELD, "the old version finished the sample that waited, but ran " + before);
        assertEquals(dataset.size() - before, parts.get(1).report().tally().samples());
    }

    private static boolean changed(ByteArrayOutputStream said) {
        return said.toString(StandardCharsets.UTF_8).contains("has changed");
    }

    private interface Watching {
        void run() throws InterruptedException;
    }

    private static void hearing(ByteArrayOutputStream said, Watching watching) throws InterruptedException {
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            watching.run();
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void optionsThatBelongToOneRunAreRefused() {
        CommandRun.of("simulate", "sim-configs/quickstart.conf", "--watch", file, "--report", folder.resolve("r"))
                .assertComplaint(2, "--watch", "--report", "leave one of them out");
    }

    private interface Change {
        void make() throws IOException;
    }

    /** What is said until the first line that a change of the file, made after a pass, brings about. */
    private String whileWatching(Change change) throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        hearing(
                said,
                () -> watched(SpikeObserver.NONE).run(() -> changed(said), report -> {
                    try {
                        change.make();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        return said.toString(StandardCharsets.UTF_8);
    }

    private long whole(List<WatchedSimulation.VersionReport> reports) {
        return reports.stream()
                .filter(report -> report.report().tally().samples() == dataset.size())
                .map(WatchedSimulation.VersionReport::version)
                .distinct()
                .count();
    }

    private WatchedSimulation watched(SpikeObserver observer) {
        WatchedFile watch = new WatchedFile(file);
        return new WatchedSimulation(simulation(model), file, UnaryOperator.identity(), watch, observer);
    }

    private Simulation simulation(SpikingModel run) {
        return new Simulation(
                run,
                file.toString(),
                ModelFile.sha256(run),
                dataset,
                Split.TEST,
                TIMESTEPS,
                1,
                Arithmetic.FLOAT32,
                List.of(),
                FEW_IN_FLIGHT,
                new DetailOptions(),
                "./lamina simulate",
                false);
    }
}
