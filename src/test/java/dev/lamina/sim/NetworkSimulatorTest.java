package dev.lamina.sim;

import dev.lamina.Seeds;
import dev.lamina.model.SpikingModel;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The event-driven simulator against the scalar reference, spike for spike and bit for bit. */
class NetworkSimulatorTest {

    private static final int TIMESTEPS = 7;

    static LongStream seeds() {
        return Seeds.of(150);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void equalsTheReferenceOnEveryPath(long seed) {
        SpikingModel model = RandomModels.model(seed);
        for (Kernel kernel : List.of(Kernels.scalar(), Kernels.fastest())) {
            for (int burst : new int[] {1, 3, TIMESTEPS}) {
                NetworkSimulator simulator = new NetworkSimulator(NetworkSynapses.of(model, kernel), burst);
                // Two samples through one simulator: the second must see nothing of the first.
                for (int sample = 0; sample < 2; sample++) {
                    float[] values = RandomModels.sample(model, seed + sample);
                    SpikeTrains trains = new SpikeTrains();
                    Inference actual = simulator.run(values, seed, sample, TIMESTEPS, trains);
                    trains.assertEqualTo(
                            ReferenceSimulator.run(model, values, seed, sample, TIMESTEPS),
                            actual,
                            "seed " + seed + ", kernel " + kernel.name() + ", burst " + burst + ", sample " + sample);
                }
            }
        }
    }
}
