package dev.lamina.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Seeds;
import dev.lamina.io.InputException;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SpikeRecordingTest {

    private static final int TIMESTEPS = 6;

    @TempDir
    private Path folder;

    /** Samples of a random model: what the simulator counted, and their spikes. */
    private record Simulated(SpikingModel model, List<Inference> inferences, List<SampleSpikes> spikes) {

        static Simulated of(long seed, int... samples) {
            SpikingModel model = RandomModels.model(seed);
            NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest());
            NetworkSimulator simulator = new NetworkSimulator(network, 4);
            SpikeCollector collector = new SpikeCollector(network.spikingLayers());
            List<Inference> inferences = new ArrayList<>();
            List<SampleSpikes> spikes = new ArrayList<>();
            for (int sample : samples) {
                float[] values = RandomModels.sample(model, seed + sample);
                inferences.add(simulator.run(values, seed, sample, TIMESTEPS, collector));
                spikes.add(collector.take(sample));
            }
            return new Simulated(model, inferences, spikes);
        }

        Network network() {
            return model.network();
        }

        void record(Path file, List<String> populations) {
            SpikeRecording recording = SpikeRecording.open(file, network(), populations, sample -> true);
            spikes.forEach(recording::add);
            recording.close();
        }
    }

    static LongStream seeds() {
        return Seeds.of(60);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void sumsAreTheCountersOfTheSimulator(long seed) throws IOException {
        Simulated run = Simulated.of(seed, 3, 1);
        run.record(folder.resolve("r.npz"), List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(folder.resolve("r.npz"));
        int[] samples = arrays.get("sample").ints();
        int[] layers = arrays.get("layer").ints();
        for (Inference inference : run.inferences()) {
            for (int layer = 0; layer < run.network().projections().size(); layer++) {
                int wanted = layer;
                long recorded = IntStream.range(0, samples.length)
                        .filter(i -> samples[i] == inference.sample() && layers[i] == wanted)
                        .count();
                long counted = layer == 0
                        ? inference.inputEvents()
                        : inference.layers().get(layer - 1).spikes();
                assertEquals(counted, recorded, "sample " + inference.sample() + ", population " + layer);
            }
        }
        assertEquals(
                0,
                IntStream.of(layers)
                        .filter(layer ->
                                layer >= run.spikes.get(0).populations().size())
                        .count());
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void holdsEverySpikeByTimeAndChannelFirst(long seed) throws IOException {
        Simulated run = Simulated.of(seed, 0, 1);
        run.record(folder.resolve("r.npz"), List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(folder.resolve("r.npz"));
        List<String> expected = new ArrayList<>();
        for (SampleSpikes spikes : run.spikes()) {
            for (int tick = 0; tick < TIMESTEPS; tick++) {
                for (int layer = 0; layer < spikes.populations().size(); layer++) {
                    Shape shape = layer == 0
                            ? run.network().input()
                            : run.network().projections().get(layer - 1).target();
                    float[] payloads = payloads(spikes.populations().get(layer), tick, shape);
                    for (int i = 0; i < payloads.length; i++) {
                        if (payloads[i] != 0) {
                            expected.add(row(spikes.sample(), tick, layer, i, payloads[i]));
                        }
                    }
                }
            }
        }
        List<String> rows = new ArrayList<>();
        float[] payloads = arrays.get("payload").floats();
        for (int i = 0; i < payloads.length; i++) {
            rows.add(row(
                    arrays.get("sample").ints()[i],
                    arrays.get("tick").ints()[i],
                    arrays.get("layer").ints()[i],
                    arrays.get("neuron").ints()[i],
                    payloads[i]));
        }
        assertEquals(expected, rows);
    }

    private static String row(int sample, int tick, int layer, int neuron, float payload) {
        return sample + " " + tick + " " + layer + " " + neuron + " " + payload;
    }

    /** A time step of a population as a tensor has it: every channel, row and column in turn. */
    private static float[] payloads(SpikeBatch batch, int tick, Shape shape) {
        float[] tensor = new float[shape.size()];
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            int index = batch.indices()[n];
            int place = 0;
            for (int c = 0; c < shape.channels(); c++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++, place++) {
                        if (shape.index(c, y, x) == index) {
                            tensor[place] = batch.unitPayloads() ? 1 : batch.payloads()[n];
                        }
                    }
                }
            }
        }
        return tensor;
    }

    @Test
    void namesAndShapesSayWhatTheNumbersMean() throws IOException {
        Simulated run = Simulated.of(5, 0);
        run.record(folder.resolve("r.npz"), List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(folder.resolve("r.npz"));
        assertEquals(
                List.of("sample", "tick", "layer", "neuron", "payload", "layer_names", "layer_shapes"),
                List.copyOf(arrays.keySet()));
        assertEquals(
                List.of("<i4", "<i4", "<i2", "<i4", "<f4"),
                arrays.values().stream().limit(5).map(NpzFile.Array::descr).toList());
        List<String> names = SpikeRecording.populations(run.network());
        assertEquals("input", names.get(0));
        assertEquals(names, List.of(arrays.get("layer_names").strings()));
        Shape input = run.network().input();
        Shape first = run.network().projections().get(0).target();
        assertArrayEquals(
                new int[] {
                    input.channels(), input.height(), input.width(), first.channels(), first.height(), first.width()
                },
                IntStream.of(arrays.get("layer_shapes").ints()).limit(6).toArray());
    }

    @Test
    void onlyChosenPopulationsAndSamples() throws IOException {
        Simulated run = Simulated.of(5, 0, 1, 2);
        String name = SpikeRecording.populations(run.network()).get(1);
        SpikeRecording recording =
                SpikeRecording.open(folder.resolve("r.npz"), run.network(), List.of(name), sample -> sample != 1);
        run.spikes().forEach(recording::add);
        recording.close();
        Map<String, NpzFile.Array> arrays = NpzFile.read(folder.resolve("r.npz"));
        assertArrayEquals(
                new int[] {1},
                IntStream.of(arrays.get("layer").ints()).distinct().toArray());
        assertArrayEquals(
                new int[] {0, 2},
                IntStream.of(arrays.get("sample").ints()).distinct().toArray());
        assertEquals(
                SpikeRecording.populations(run.network()),
                List.of(arrays.get("layer_names").strings()));
    }

    @Test
    void nothingAddedIsEmptyColumns() throws IOException {
        SpikeRecording recording = SpikeRecording.open(
                folder.resolve("new/r.npz"), RandomModels.model(1).network(), List.of(), sample -> true);
        recording.close();
        recording.close();
        recording.abandon();
        assertEquals(
                "(0,)", NpzFile.read(folder.resolve("new/r.npz")).get("neuron").shape());
        assertThrows(IllegalStateException.class, () -> recording.add(new SampleSpikes(0, 0, List.of())));
    }

    @Test
    void theSameSpikesAreTheSameBytes() throws IOException {
        Simulated run = Simulated.of(5, 0, 1);
        run.record(folder.resolve("a"), List.of());
        run.record(folder.resolve("b"), List.of());
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void unknownPopulationIsOneLineWithTheNames() throws IOException {
        Network network = RandomModels.model(5).network();
        String readout = network.projections().getLast().name();
        InputException e = assertThrows(
                InputException.class,
                () -> SpikeRecording.open(folder.resolve("r.npz"), network, List.of("input", readout), sample -> true));
        assertEquals(
                "no such population to record: " + readout + ": give some of "
                        + String.join(", ", SpikeRecording.populations(network)),
                e.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void placeThatCanNotBeWrittenIsOneLine() throws IOException {
        Network network = RandomModels.model(5).network();
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path target : List.of(folder, file.resolve("below"), Path.of("/"))) {
            InputException e = assertThrows(
                    InputException.class, () -> SpikeRecording.open(target, network, List.of(), sample -> true));
            assertTrue(e.getMessage().startsWith("cannot record spikes: " + target + ": "), e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
        }
        assertEquals(List.of("file"), names());
    }

    @Test
    void diskThatRefusesLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("r.npz"), "old");
        Simulated run = Simulated.of(5, 0);
        SpikeRecording recording = SpikeRecording.open(file, run.network(), List.of(), sample -> true);
        // The channel of an interrupted thread closes under it.
        Thread.currentThread().interrupt();
        InputException e = assertThrows(InputException.class, () -> {
            while (true) {
                recording.add(run.spikes().get(0));
            }
        });
        assertTrue(Thread.interrupted());
        assertTrue(e.getMessage().startsWith("cannot record spikes: " + file + ": "), e.getMessage());
        recording.close();
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("r.npz"), names());
    }

    @Test
    void abandonedRecordingLeavesNothing() throws IOException {
        Simulated run = Simulated.of(5, 0);
        SpikeRecording recording =
                SpikeRecording.open(folder.resolve("r.npz"), run.network(), List.of(), sample -> true);
        recording.add(run.spikes().get(0));
        recording.abandon();
        recording.close();
        assertEquals(List.of(), names());
    }

    @Test
    void numpyReadsIt() throws IOException, InterruptedException {
        assumeTrue(python("import numpy").isPresent(), "no python3 with numpy");
        Simulated run = Simulated.of(5, 0, 1);
        Path file = folder.resolve("r.npz");
        run.record(file, List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(file);
        String said = python("""
                import sys, numpy as np
                r = np.load(sys.argv[1])
                print(*[f"{name}:{r[name].dtype}" for name in r.files])
                print(r["sample"].sum(), r["tick"].sum(), r["layer"].sum(), r["neuron"].sum(), (r["payload"] != 0).sum())
                print(*r["layer_names"])
                """, file.toString()).orElseThrow();
        int width = SpikeRecording.populations(run.network()).stream()
                .mapToInt(String::length)
                .max()
                .orElseThrow();
        assertEquals(
                "sample:int32 tick:int32 layer:int16 neuron:int32 payload:float32 layer_names:<U" + width
                        + " layer_shapes:int32\n"
                        + Stream.of("sample", "tick", "layer", "neuron")
                                .map(name ->
                                        IntStream.of(arrays.get(name).ints()).sum() + " ")
                                .reduce("", String::concat)
                        + arrays.get("payload").floats().length
                        + "\n" + String.join(" ", SpikeRecording.populations(run.network())) + "\n",
                said);
    }

    private static Optional<String> python(String program, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
