package dev.lamina.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.sim.LayerCounts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TallyTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsEqualPlainLoops(long seed) {
        Random random = new Random(seed);
        Tally tally = Reports.tally();
        int samples = 1 + random.nextInt(50);
        long input = 0;
        long[] spikes = new long[2];
        long[] synops = new long[2];
        long[] updates = new long[2];
        int[] right = new int[Reports.TIMESTEPS];
        for (int i = 0; i < samples; i++) {
            int label = random.nextInt(2);
            int first = random.nextInt(2);
            int second = random.nextInt(2);
            long events = random.nextInt(9);
            LayerCounts[] counts = new LayerCounts[2];
            for (int layer = 0; layer < 2; layer++) {
                counts[layer] = new LayerCounts(random.nextInt(100), random.nextLong() >>> 10, random.nextInt(100));
                spikes[layer] += counts[layer].spikes();
                synops[layer] += counts[layer].synops();
                updates[layer] += counts[layer].neuronUpdates();
            }
            input += events;
            if (first == label) {
                right[0]++;
            }
            if (second == label) {
                right[1]++;
            }
            tally.add(Reports.inference(first, second, events, counts[0], counts[1]), label);
        }
        assertEquals(samples, tally.samples());
        assertEquals(input, tally.input().counts().spikes());
        assertEquals(input / (4.0 * Reports.TIMESTEPS * samples), tally.input().rate());
        int[] neurons = {3, 2};
        for (int layer = 0; layer < 2; layer++) {
            LayerTotal total = tally.layers().get(layer);
            assertEquals(new LayerCounts(spikes[layer], synops[layer], updates[layer]), total.counts());
            assertEquals(neurons[layer], total.neurons());
            assertEquals(spikes[layer] / ((double) neurons[layer] * Reports.TIMESTEPS * samples), total.rate());
        }
        assertEquals(
                new LayerCounts(spikes[0] + spikes[1], synops[0] + synops[1], updates[0] + updates[1]), tally.total());
        assertArrayEquals(
                new double[] {(double) right[0] / samples, (double) right[1] / samples}, tally.accuracyByTimestep());
    }

    @Test
    void layersKeepTheirNamesAndOrder() {
        assertEquals(
                "hidden, out",
                Reports.tally().layers().collect(LayerTotal::name).makeString());
        assertEquals("input", Reports.tally().input().name());
    }

    @Test
    void nothingCountedIsZeroAndNotNaN() {
        Tally tally = Reports.tally();
        assertEquals(LayerCounts.ZERO, tally.total());
        assertArrayEquals(new double[] {0, 0}, tally.accuracyByTimestep());
        assertEquals(0, tally.input().rate());
        tally.layers().forEach(layer -> assertEquals(0, layer.rate()));
    }

    @Test
    void analogInputMakesTheFirstLayerMultiply() {
        var cmos = Reports.report(true, 1).profiles().get(0);
        assertEquals(
                (250 * 4.6 + 50 * 0.9) * 1e-12,
                Reports.report(true, 1).energyPerSample(cmos).total(),
                1e-24);
        assertEquals(
                300 * 0.9e-12, Reports.report(false, 1).energyPerSample(cmos).total(), 1e-24);
    }
}
