package dev.lamina.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import dev.lamina.data.Encoder;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts of random networks against plain loops over every connection. */
final class RunActivityTest {

    private static final int TIMESTEPS = 9;
    private static final int SAMPLES = 3;
    private static final double MARGIN = 0.3;

    static LongStream seeds() {
        return Seeds.of(40);
    }

    private final List<SampleSpikes> spikes = new ArrayList<>();
    private final List<Inference> inferences = new ArrayList<>();

    private RunActivity run(SpikingModel model, long seed) {
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.scalar());
        NetworkSimulator simulator = new NetworkSimulator(network, 4);
        SpikeCollector collector = new SpikeCollector(network.spikingLayers());
        RunActivity activity = new RunActivity(model, TIMESTEPS, OptionalDouble.of(MARGIN));
        for (int sample = 0; sample < SAMPLES; sample++) {
            inferences.add(
                    simulator.run(RandomModels.sample(model, seed + sample), seed, sample, TIMESTEPS, collector));
            spikes.add(collector.take(sample));
            activity.add(spikes.get(sample), inferences.get(sample), label(model, sample));
        }
        return activity;
    }

    private static int label(SpikingModel model, int sample) {
        return sample % model.network().output().size();
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void countsAreThoseOfTheSimulatorAndOfPlainLoops(long seed) {
        SpikingModel model = RandomModels.model(seed);
        RunActivity activity = run(model, seed);
        List<Projection> projections = model.network().projections().castToList();
        long macs = 0;
        long acs = 0;
        for (int layer = 0; layer < projections.size(); layer++) {
            Brute brute = new Brute(projections.get(layer), model.weights().tensor(layer));
            LayerActivity actual = activity.layers().get(layer);
            OperationCounts[] expected = new OperationCounts[TIMESTEPS];
            Arrays.fill(expected, OperationCounts.ZERO);
            for (SampleSpikes sample : spikes) {
                for (int tick = 0; tick < TIMESTEPS; tick++) {
                    OperationCounts step = brute.step(sample.into(layer), tick);
                    long fired = layer == projections.size() - 1
                            ? 0
                            : sample.outOf(layer).to(tick) - sample.outOf(layer).from(tick);
                    for (int later = tick; later < TIMESTEPS; later++) {
                        expected[later] = expected[later]
                                .plus(step)
                                .plus(new OperationCounts(
                                        0, 0, projections.get(layer).target().size(), 0, fired));
                    }
                }
            }
            assertArrayEquals(
                    expected, actual.cumulative(), projections.get(layer).toString());
            LayerCounts counted = LayerCounts.ZERO;
            for (Inference inference : inferences) {
                counted = counted.plus(inference.layers().get(layer));
            }
            assertEquals(
                    counted,
                    new LayerCounts(
                            actual.total().spikes(),
                            actual.total().synops(),
                            actual.total().neuronUpdates()));
            macs += brute.macs;
            acs += brute.acs;
        }
        NeuroBenchFigures figures = activity.neuroBench();
        assertEquals((double) macs / SAMPLES, figures.effectiveMacs(), 1e-9);
        assertEquals((double) acs / SAMPLES, figures.effectiveAcs(), 1e-9);
        assertTrue(figures.dense() >= figures.effectiveMacs() + figures.effectiveAcs());
        assertTrue(figures.activationSparsity() >= 0 && figures.activationSparsity() <= 1);
        if (model.encoder() != Encoder.DIRECT
                && projections.stream().allMatch(p -> p.pool().isEmpty())) {
            assertEquals(0, figures.effectiveMacs());
        }
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void ratesAndIntervalsAreThoseOfEachNeuronsTrain(long seed) {
        SpikingModel model = RandomModels.model(seed);
        RunActivity activity = run(model, seed);
        for (int layer = 0; layer < activity.layers().size() - 1; layer++) {
            int neurons = model.network().projections().get(layer).target().size();
            long[] intervals = new long[TIMESTEPS - 1];
            int silent = 0;
            int saturated = 0;
            for (int neuron = 0; neuron < neurons; neuron++) {
                int fired = 0;
                for (SampleSpikes sample : spikes) {
                    int last = -1;
                    for (int tick = 0; tick < TIMESTEPS; tick++) {
                        if (fires(sample.outOf(layer), tick, neuron)) {
                            fired++;
                            if (last >= 0) {
                                intervals[tick - last - 1]++;
                            }
                            last = tick;
                        }
                    }
                }
                silent += fired == 0 ? 1 : 0;
                saturated += fired >= FiringRates.SATURATED * SAMPLES * TIMESTEPS ? 1 : 0;
            }
            FiringRates rates = activity.layers().get(layer).rates().orElseThrow();
            assertArrayEquals(intervals, rates.intervals());
            assertEquals(silent, rates.silent());
            assertEquals(saturated, rates.saturated());
            assertEquals(neurons, Arrays.stream(rates.neurons()).sum());
        }
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void stoppingEarlyCountsWhatWasDoneUntilThen(long seed) {
        SpikingModel model = RandomModels.model(seed);
        RunActivity activity = run(model, seed);
        EarlyExit exit = activity.exit().orElseThrow();
        long timesteps = 0;
        int right = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Inference inference = inferences.get(sample);
            int stop = 0;
            while (stop < TIMESTEPS - 1 && inference.decisions().margins()[stop] < MARGIN) {
                stop++;
            }
            timesteps += stop + 1;
            right += inference.predictions()[stop] == label(model, sample) ? 1 : 0;
        }
        assertEquals(timesteps, exit.timesteps());
        assertEquals(right, exit.right());
        long updates = timesteps * model.network().projections().get(0).target().size();
        assertEquals(updates, exit.layers().get(0).neuronUpdates());
        List<EarlyExit> curve = activity.exits();
        for (int i = 1; i < curve.size(); i++) {
            assertTrue(curve.get(i).margin() >= curve.get(i - 1).margin());
            assertTrue(curve.get(i).timesteps() >= curve.get(i - 1).timesteps());
        }
        long[][] confusion = activity.confusion();
        assertEquals(
                SAMPLES, Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum());
    }

    private static boolean fires(SpikeBatch batch, int tick, int neuron) {
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            if (batch.indices()[n] == neuron) {
                return true;
            }
        }
        return false;
    }

    /** A projection written out: every window, tap and target. */
    private static final class Brute {

        private final Projection projection;
        private final float[] weights;
        private long macs;
        private long acs;

        Brute(Projection projection, float[] weights) {
            this.projection = projection;
            this.weights = weights;
        }

        OperationCounts step(SpikeBatch batch, int tick) {
            float[] dense = new float[projection.source().size()];
            for (int n = batch.from(tick); n < batch.to(tick); n++) {
                dense[batch.indices()[n]] = batch.unitPayloads() ? 1 : batch.payloads()[n];
            }
            int window = projection.pool().map(p -> p.kernel()).orElse(1);
            int step = projection.pool().map(p -> p.stride()).orElse(1);
            var pooled = projection.pooled();
            float[] inputs = new float[pooled.size()];
            boolean spiking = true;
            for (int c = 0; c < pooled.channels(); c++) {
                for (int y = 0; y < pooled.height(); y++) {
                    for (int x = 0; x < pooled.width(); x++) {
                        float sum = 0;
                        for (int i = 0; i < window * window; i++) {
                            sum += dense[projection.source().index(c, y * step + i / window, x * step + i % window)];
                        }
                        float value = sum / (window * window);
                        inputs[pooled.index(c, y, x)] = value;
                        spiking &= value == 0 || Math.abs(value) == 1;
                    }
                }
            }
            boolean[][] connected =
                    new boolean[dense.length][projection.target().size()];
            boolean[] touched = new boolean[projection.target().size()];
            long effective = 0;
            for (int target = 0; target < projection.target().channels(); target++) {
                for (int ty = 0; ty < projection.target().height(); ty++) {
                    for (int tx = 0; tx < projection.target().width(); tx++) {
                        int to = projection.target().index(target, ty, tx);
                        for (int ky = 0; ky < projection.kernelHeight(); ky++) {
                            for (int kx = 0; kx < projection.kernelWidth(); kx++) {
                                int y = ty * projection.stride() + ky - projection.padding();
                                int x = tx * projection.stride() + kx - projection.padding();
                                if (y < 0 || x < 0 || y >= pooled.height() || x >= pooled.width()) {
                                    continue;
                                }
                                for (int c = 0; c < pooled.channels(); c++) {
                                    int weight = ((target * pooled.channels() + c) * projection.kernelHeight() + ky)
                                                    * projection.kernelWidth()
                                            + kx;
                                    effective += weights[weight] != 0 && inputs[pooled.index(c, y, x)] != 0 ? 1 : 0;
                                    for (int i = 0; i < window * window; i++) {
                                        connected[
                                                projection
                                                        .source()
                                                        .index(c, y * step + i / window, x * step + i % window)][
                                                to] = true;
                                    }
                                }
                            }
                        }
                    }
                }
            }
            macs += spiking ? 0 : effective;
            acs += spiking ? effective : 0;
            long synops = 0;
            for (int source = 0; source < dense.length; source++) {
                for (int to = 0; to < touched.length; to++) {
                    if (dense[source] != 0 && connected[source][to]) {
                        synops++;
                        touched[to] = true;
                    }
                }
            }
            long reached = 0;
            for (boolean one : touched) {
                reached += one ? 1 : 0;
            }
            return new OperationCounts(batch.to(tick) - batch.from(tick), synops, 0, reached, 0);
        }
    }
}
