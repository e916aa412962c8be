package dev.lamina.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.Seeds;
import dev.lamina.network.Shape;
import dev.lamina.sim.Inference;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recording holds, beside the run it is of. */
final class SpikeRecordingTest {

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.of(20);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void sumsAreTheCountersOfTheSimulator(long seed) throws IOException {
        RecordedRun run = RecordedRun.of(seed, 3, 1);
        run.record(folder.resolve("r.npz"), List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(folder.resolve("r.npz"));
        int[] samples = arrays.get("sample").ints();
        int[] layers = arrays.get("layer").ints();
        long total = 0;
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
                total += counted;
            }
        }
        assertEquals(total, samples.length);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void holdsEverySpikeByTimeAndChannelFirst(long seed) throws IOException {
        RecordedRun run = RecordedRun.of(seed, 0, 1);
        run.record(folder.resolve("r.npz"), List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(folder.resolve("r.npz"));
        List<String> expected = new ArrayList<>();
        for (SampleSpikes spikes : run.spikes()) {
            for (int tick = 0; tick < RecordedRun.TIMESTEPS; tick++) {
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
        int[] samples = arrays.get("sample").ints();
        int[] ticks = arrays.get("tick").ints();
        int[] layers = arrays.get("layer").ints();
        int[] neurons = arrays.get("neuron").ints();
        float[] payloads = arrays.get("payload").floats();
        for (int i = 0; i < payloads.length; i++) {
            rows.add(row(samples[i], ticks[i], layers[i], neurons[i], payloads[i]));
        }
        assertEquals(expected, rows);
    }

    private static String row(int sample, int tick, int layer, int neuron, float payload) {
        return sample + " " + tick + " " + layer + " " + neuron + " " + payload;
    }

    /** A time step of a population as a tensor has it: every channel, row and column in turn. */
    private static float[] payloads(SpikeBatch batch, int tick, Shape shape) {
        float[] byIndex = new float[shape.size()];
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            byIndex[batch.indices()[n]] = batch.unitPayloads() ? 1 : batch.payloads()[n];
        }
        float[] tensor = new float[shape.size()];
        int place = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    tensor[place++] = byIndex[shape.index(c, y, x)];
                }
            }
        }
        return tensor;
    }

    @Test
    void namesAndShapesSayWhatTheNumbersMean() throws IOException {
        RecordedRun run = RecordedRun.of(5, 0);
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
        RecordedRun run = RecordedRun.of(5, 0, 1, 2);
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
        RecordedRun run = RecordedRun.of(5, 0, 1);
        run.record(folder.resolve("a"), List.of());
        run.record(folder.resolve("b"), List.of());
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }
}
