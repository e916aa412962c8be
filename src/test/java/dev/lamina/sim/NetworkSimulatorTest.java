package dev.lamina.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.Seeds;
import dev.lamina.data.Encoder;
import dev.lamina.model.SpikingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
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
        assertEqualToReference(model, seed, Arithmetic.FLOAT32);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void fixedPointEqualsItsReferenceOnEveryPath(long seed) {
        SpikingModel model = RandomModels.model(seed);
        if (model.encoder() == Encoder.DIRECT) {
            model = model.withEncoder(Encoder.POISSON);
        }
        assertEqualToReference(model, seed, Arithmetic.FIXED16);
    }

    @Test
    void fixedPointTakesNoCurrents() {
        SpikingModel model = RandomModels.model(1).withEncoder(Encoder.DIRECT);
        Exception refused = assertThrows(
                IllegalArgumentException.class, () -> NetworkSynapses.of(model, Kernels.fastest(), Arithmetic.FIXED16));
        assertEquals(
                "the direct encoder gives currents, and fixed16 adds whole numbers of spikes only",
                refused.getMessage());
    }

    private static void assertEqualToReference(SpikingModel model, long seed, Arithmetic arithmetic) {
        List<ReferenceSimulator.Run> expected = new ArrayList<>();
        for (int sample = 0; sample < 2; sample++) {
            float[] values = RandomModels.sample(model, seed + sample);
            expected.add(
                    arithmetic == Arithmetic.FLOAT32
                            ? ReferenceSimulator.run(model, values, seed, sample, TIMESTEPS)
                            : FixedReferenceSimulator.run(model, values, seed, sample, TIMESTEPS));
        }
        for (Kernel kernel : List.of(Kernels.scalar(), Kernels.fastest())) {
            for (Sums sums : Sums.values()) {
                NetworkSynapses network = NetworkSynapses.of(model, kernel, arithmetic, sums);
                for (int burst : new int[] {1, 3, TIMESTEPS}) {
                    NetworkSimulator simulator = new NetworkSimulator(network, burst);
                    // Two samples through one simulator: the second must see nothing of the first.
                    for (int sample = 0; sample < 2; sample++) {
                        float[] values = RandomModels.sample(model, seed + sample);
                        SpikeTrains trains = new SpikeTrains();
                        Inference actual = simulator.run(values, seed, sample, TIMESTEPS, trains);
                        trains.assertEqualTo(
                                expected.get(sample),
                                actual,
                                "seed " + seed + ", kernel " + kernel.name() + ", sums " + sums + ", burst " + burst
                                        + ", sample " + sample);
                    }
                }
            }
        }
    }
}
