package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All weights, thresholds, biases and start potentials are multiples of 1/64 and small, and the leak is a half at most
 * eight times in a row: every sum is exact in float32 in any order, and two right simulations agree to the last bit.
 */
class DenseSimulationTest {

    private static final int TIMESTEPS = 8;
    private static final int[] SAMPLES = {0, 1, 2, 3, 4, 9, 8, 7};
    private static final Preprocessing SIGNED = new Preprocessing(1, 0.5f, 0.5f);

    private static final Network NETWORK = TinyNetworks.network("""
            name = tiny, input { channels = 3, height = 9, width = 8 }
            layers = [
              { type = conv, name = a, channels = 4, kernel = 3, padding = 1 }
              { type = average-pool, name = p, kernel = 2 }
              { type = conv, name = b, channels = 5, kernel = 3, stride = 2, padding = 2 }
              { type = dropout, name = d, probability = 0.5 }
              { type = average-pool, name = q, kernel = 2, stride = 1 }
              { type = flatten, name = f }
              { type = linear, name = c, outputs = 12 }
              { type = linear, name = e, outputs = 4 }
            ]
            """);

    record Case(NeuronModel neuron, Encoder encoder, boolean perChannel, boolean extras, int seed) {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Reset reset : Reset.values()) {
            for (Propagation propagation : Propagation.values()) {
                for (float leak : new float[] {1, 0.5f, 0}) {
                    for (boolean extras : new boolean[] {false, true}) {
                        cases.add(new Case(
                                new NeuronModel(leak, reset, propagation),
                                extras ? Encoder.UNSIGNED_POISSON : Encoder.POISSON,
                                cases.size() % 3 == 0,
                                extras,
                                cases.size()));
                    }
                }
            }
        }
        return cases;
    }

    private static float[] grid(Random random, int count, int least, int most) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (least + random.nextInt(most - least + 1)) / 64f;
        }
        return values;
    }

    private static SpikingModel model(Case options) {
        Random random = new Random(options.seed);
        List<Population> populations = new ArrayList<>();
        for (Projection projection : NETWORK.projections()) {
            int channels = projection.target().channels();
            boolean readout = projection.name().equals("e");
            float[] thresholds = grid(random, channels, 4, 32);
            if (!options.perChannel) {
                Arrays.fill(thresholds, thresholds[0]);
            }
            populations.add(new Population(
                    readout ? null : thresholds,
                    options.extras ? grid(random, channels, -8, 16) : null,
                    options.extras ? grid(random, channels, -32, 32) : null));
        }
        return new SpikingModel(
                NETWORK,
                Weights.of(NETWORK, NETWORK.projections().collect(p -> grid(random, p.weights(), -24, 32))),
                options.neuron,
                Lists.immutable.ofAll(populations),
                options.encoder,
                SIGNED,
                TIMESTEPS,
                Provenance.of("noise", 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsPlainLoopsSpikeForSpike(Case options) {
        SpikingModel model = model(options);
        Dataset dataset = TinyNetworks.noise(new Shape(3, 7, 6), 4, 10, options.seed);

        DenseRun run = new DenseSimulation(model, new DenseSettings(TIMESTEPS, 77, 3, 2, true)).run(dataset, SAMPLES);

        long[] spikes = new long[3];
        long inputEvents = 0;
        float[][] potentials = run.potentials();
        for (int i = 0; i < SAMPLES.length; i++) {
            NaiveSimulation expected = new NaiveSimulation(model, dataset, SAMPLES[i], 77, TIMESTEPS);
            assertArrayEquals(expected.predictions, run.predictions()[i]);
            assertTrue(potentials != null && Arrays.equals(expected.potentials, potentials[i]));
            Arrays.setAll(spikes, l -> spikes[l] + expected.spikes[l]);
            inputEvents += expected.inputEvents;
        }
        assertArrayEquals(spikes, run.spikes());
        assertEquals(inputEvents, run.inputEvents());
        assertTrue(Arrays.stream(spikes).allMatch(count -> count > 0), Arrays.toString(spikes));
    }

    @Test
    void batchSizeAndThreadsChangeNothing() {
        SpikingModel model = model(cases().get(5));
        Dataset dataset = TinyNetworks.noise(new Shape(3, 7, 6), 4, 10, 3);

        DenseRun one = new DenseSimulation(model, new DenseSettings(TIMESTEPS, 7, 1, 3, false)).run(dataset, SAMPLES);
        DenseRun all = new DenseSimulation(model, new DenseSettings(TIMESTEPS, 7, 64, 1, false)).run(dataset, SAMPLES);

        assertTrue(Arrays.deepEquals(one.predictions(), all.predictions()));
        assertArrayEquals(one.spikes(), all.spikes());
        assertNull(one.potentials());
    }

    @Test
    void threadsGetEquallyManyBatches() {
        assertEquals(84, new DenseSettings(1, 1, 100, 2, false).evenBatch(500));
        assertEquals(25, new DenseSettings(1, 1, 100, 4, false).evenBatch(100));
        assertEquals(100, new DenseSettings(1, 1, 100, 1, false).evenBatch(300));
        assertEquals(1, new DenseSettings(1, 1, 100, 8, false).evenBatch(3));
        assertEquals(1, new DenseSettings(1, 1, 100, 8, false).evenBatch(0));
    }

    @Test
    void accuracyLooksAtOneTimeStep() {
        DenseRun run = new DenseRun(new int[][] {{0, 1}, {1, 1}, {2, 0}, {3, 3}}, 0, new long[0], null);

        assertEquals(0.25, run.accuracy(new int[] {1, 1, 1, 1}, 1));
        assertEquals(0.5, run.accuracy(new int[] {1, 1, 1, 1}, 2));
    }
}
