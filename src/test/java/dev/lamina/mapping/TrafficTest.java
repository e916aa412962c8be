package dev.lamina.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import dev.lamina.activity.SampleSpikes;
import dev.lamina.activity.SpikeCollector;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The traffic against packets that walk hop by hop, and against the simulator's counts. */
final class TrafficTest {

    private static final int TIMESTEPS = 6;
    private static final int SAMPLES = 2;

    static LongStream seeds() {
        return Seeds.of(80);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void equalsPacketsThatWalk(long seed) {
        SpikingModel model = RandomModels.model(seed);
        NetworkSimulator simulator =
                new NetworkSimulator(NetworkSynapses.of(model, Kernels.scalar()), 1 + (int) (seed % 3));
        Random random = new Random(seed);
        for (int mesh = 0; mesh < 3; mesh++) {
            Placement placement = Meshes.placement(model.network(), random);
            Traffic traffic = new Traffic(placement);
            WalkedTraffic walked = new WalkedTraffic(placement);
            LayerCounts[] counts = new LayerCounts[model.network().projections().size()];
            Arrays.fill(counts, LayerCounts.ZERO);
            for (int sample = 0; sample < SAMPLES; sample++) {
                SpikeCollector collector =
                        new SpikeCollector(model.network().projections().size() - 1);
                Inference inference =
                        simulator.run(RandomModels.sample(model, seed + sample), seed, sample, TIMESTEPS, collector);
                SampleSpikes spikes = collector.take(sample);
                traffic.add(spikes);
                walked.add(spikes);
                for (int layer = 0; layer < counts.length; layer++) {
                    counts[layer] = counts[layer].plus(inference.layers().get(layer));
                }
            }
            MeshLoad load = traffic.load();
            assertEquals(SAMPLES, load.samples());
            walked.assertEqualTo(load);
            for (int layer = 0; layer < counts.length; layer++) {
                int number = layer;
                assertEquals(
                        counts[layer].synops(),
                        load.cores()
                                .select(core -> core.core().layer() == number)
                                .sumOfLong(CoreLoad::synops));
                assertEquals(
                        counts[layer].neuronUpdates(),
                        load.cores()
                                .select(core -> core.core().layer() == number)
                                .sumOfLong(CoreLoad::neuronUpdates));
            }
        }
    }

    @Test
    void nothingWasSentYet() {
        Placement placement = Meshes.placement(RandomModels.model(3).network(), new Random(3));
        MeshLoad load = new Traffic(placement).load();
        assertEquals(0, load.packets() + load.hops() + load.synops() + load.neuronUpdates());
        assertEquals(0, load.times().mean() + load.nanosecondsPerSample() + load.perSample(load.hops()));
        assertEquals(0, load.meanBusyShare());
        assertEquals(Optional.empty(), load.busiestLink());
    }

    @Test
    void spikesOfAnotherNetworkAreRefused() {
        Placement placement = Meshes.placement(RandomModels.model(3).network(), new Random(3));
        Traffic traffic = new Traffic(placement);
        assertThrows(IllegalArgumentException.class, () -> traffic.add(new SampleSpikes(0, 1, List.of())));
    }

    @Test
    void coresAndLinksWorkAtOnceAndTheFirstWayComesOnTop() {
        MeshTiming timing = new MeshTiming(2, 3, 5, 7, 11, 100);
        assertEquals(2 * 10 + 3 * 4, timing.work(10, 4));
        assertEquals(5 * 9, timing.carriage(9));
        assertEquals(11 + 300 + 7 * 6, timing.tick(300, 200, 6));
        assertEquals(11 + 301 + 7 * 6, timing.tick(300, 301, 6));
        assertEquals(100, timing.tick(30, 20, 6));
        assertTrue(timing.tick(30, 60, 6) > 100);
    }
}
