package dev.lamina.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.chip.ChipSettings;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a benchmark says besides the times, which no test can know. */
final class SpeedBenchmarkTest {

    private static final int TIMESTEPS = 6;
    private static final int SAMPLES = 5;

    private final SpikingModel model = ModelFile.readSpiking(Path.of("models", "lenet5-digits.safetensors"));
    private final Dataset digits =
            Datasets.open("drawn-digits", Split.TEST, Optional.empty()).slice(0, SAMPLES);

    @Test
    void countsAreThoseOfTheSimulator() {
        AtomicInteger steps = new AtomicInteger();
        SpeedBenchmark benchmark = benchmark(OptionalInt.of(3), Arithmetic.FLOAT32);
        SpeedResult result = benchmark.run(steps::incrementAndGet, () -> false).orElseThrow();
        assertEquals(benchmark.steps(), steps.get());
        assertEquals(3, result.denseBatch());
        assertEquals(1, result.agreement());
        NetworkSimulator simulator = new NetworkSimulator(NetworkSynapses.of(model, Kernels.fastest()), TIMESTEPS);
        double[] synops = new double[result.layers().size()];
        for (int sample = 0; sample < SAMPLES; sample++) {
            var layers = simulator
                    .run(model.preprocessing().apply(digits, sample), 1, sample, TIMESTEPS)
                    .layers();
            for (int layer = 0; layer < synops.length; layer++) {
                synops[layer] += layers.get(layer).synops() / (double) SAMPLES;
            }
        }
        double sum = 0;
        for (int layer = 0; layer < synops.length; layer++) {
            assertEquals(synops[layer], result.layers().get(layer).synops(), 1e-9 * synops[layer]);
            assertTrue(result.layers().get(layer).rooflineShare() > 0);
            sum += synops[layer];
        }
        assertEquals(sum, result.synops(), 1e-9 * sum);
        assertTrue(result.meanRate() > 0.001 && result.meanRate() < 0.5, "a rate of " + result.meanRate());
        // Twice the first two of the five samples; the five together have one more.
        assertEquals(5, result.scaling().size());
        assertEquals(result.scaling().get(0).synops(), result.scaling().get(4).synops());
        assertTrue(result.scaling().get(1).synops() < result.synops() * SAMPLES);
        assertTrue(result.scaling().get(2).synops() > result.scaling().get(0).synops());
        assertTrue(result.scaling().get(3).synops() < result.scaling().get(0).synops());
        assertEquals(result.eventRate() / result.denseRate(), result.ratio(), 1e-9 * result.ratio());
    }

    @Test
    void fixedPointIsComparedAsWellAndABatchIsFound() {
        SpeedResult result = benchmark(OptionalInt.empty(), Arithmetic.FIXED16)
                .run(() -> {}, () -> false)
                .orElseThrow();
        assertTrue(result.denseBatch() >= 10);
        assertTrue(result.agreement() >= 0.6);
        assertTrue(result.deviation() < 0.1, "spike counts differ by " + result.deviation());
    }

    @Test
    void stoppedIsEmpty() {
        assertTrue(benchmark(OptionalInt.of(3), Arithmetic.FLOAT32)
                .run(() -> {}, () -> true)
                .isEmpty());
    }

    private SpeedBenchmark benchmark(OptionalInt batch, Arithmetic arithmetic) {
        return new SpeedBenchmark(model, digits, TIMESTEPS, 1, arithmetic, new ChipSettings(3, 4, 2, 2), 1, batch);
    }
}
