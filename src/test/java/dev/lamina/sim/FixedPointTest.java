package dev.lamina.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FixedPointTest {

    static LongStream seeds() {
        return Seeds.of(100);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void everyNumberOfALayerKeepsItsLimit(long seed) {
        SpikingModel model = RandomModels.model(seed);
        for (int layer = 0; layer < model.network().projections().size(); layer++) {
            Projection projection = model.network().projections().get(layer);
            Population population = model.populations().get(layer);
            float[] tensor = model.weights().tensor(layer);
            FixedPoint numbers = FixedPoint.of(projection, tensor, population);
            int targets = projection.target().channels();
            for (int target = 0; target < targets; target++) {
                long sum = 0;
                for (int i = 0; i < tensor.length / targets; i++) {
                    float exact = tensor[target * (tensor.length / targets) + i] * projection.scale();
                    int weight = numbers.weight(exact);
                    assertTrue(Math.abs(weight) <= FixedPoint.WEIGHT_LIMIT, "weight " + weight);
                    assertEquals(exact, weight * numbers.step(), 0.5001 * numbers.step());
                    sum += Math.abs(weight);
                }
                if (population.thresholds() != null) {
                    float v = population.thresholds()[target];
                    assertTrue(numbers.threshold(v) >= 1 && numbers.threshold(v) <= FixedPoint.THRESHOLD_LIMIT);
                    assertEquals(v, numbers.threshold(v) * numbers.step(), numbers.step());
                }
                if (FixedPoint.guarded(projection)) {
                    long bias = population.bias() == null
                            ? 0
                            : numbers.potential(population.bias()[target]);
                    long largest = sum * FixedPoint.largestPayload(projection) + Math.abs(bias);
                    assertTrue(largest <= FixedPoint.POTENTIAL_LIMIT, "an input of " + largest);
                }
            }
        }
    }

    @Test
    void leakRoundsTowardsZero() {
        int factor = FixedPoint.leakFactor(0.9f);
        assertEquals(90, FixedPoint.leak(101, factor));
        assertEquals(-90, FixedPoint.leak(-101, factor));
        assertEquals(101, FixedPoint.leak(101, FixedPoint.leakFactor(1)));
        assertEquals(0, FixedPoint.leak(-16_383, FixedPoint.leakFactor(0)));
    }

    @Test
    void potentialsSaturate() {
        assertEquals(16_383, FixedPoint.saturated(1L << 40));
        assertEquals(-16_383, FixedPoint.saturated(-16_384));
        assertEquals(5, FixedPoint.saturated(5));
    }
}
