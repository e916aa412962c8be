package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.Seeds;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Synapses, weights and multiply-accumulates of a projection, against counting them one by one. */
final class ProjectionTest {

    static LongStream seeds() {
        return Seeds.of(300);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void fanOutCountsTheTargetsOfASpike(long seed) {
        Projection projection = projection(new Random(seed));
        assertArrayEquals(countedFanOut(projection), projection.fanOut(), projection::toString);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void weightsFillTheTensorAndAreUsedAtEveryTargetPosition(long seed) {
        Projection projection = projection(new Random(seed));
        int weights = 1;
        for (int dimension : projection.weightDimensions()) {
            weights *= dimension;
        }
        assertEquals(weights, projection.weights());
        assertEquals((long) weights * projection.target().positions(), projection.macs());
    }

    @Test
    void convolutionCountsItsBordersExactly() {
        Projection projection = Projection.of(new Conv("c", 2, 3, 1, 1), new Shape(5, 3, 4), Optional.empty());
        assertArrayEquals(new int[] {8, 12, 12, 8, 12, 18, 18, 12, 8, 12, 12, 8}, projection.fanOut());
        assertEquals(90, projection.weights());
        assertEquals(1080, projection.macs());
    }

    @Test
    void targetBehindTwoOverlappingWindowsCountsOnce() {
        Projection projection =
                Projection.of(new Conv("c", 1, 2, 1, 0), new Shape(1, 3, 3), Optional.of(new AveragePool("p", 2, 1)));
        assertEquals(Shape.flat(1), projection.target());
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, projection.fanOut());
    }

    @Test
    void spikeBetweenTheWindowsReachesNobody() {
        Projection projection =
                Projection.of(new Conv("c", 3, 1, 1, 0), new Shape(1, 3, 3), Optional.of(new AveragePool("p", 1, 2)));
        assertArrayEquals(new int[] {3, 0, 3, 0, 0, 0, 3, 0, 3}, projection.fanOut());
    }

    @Test
    void linearLayerIsAConvolutionOverTheWholeMap() {
        Projection projection =
                Projection.of(new Linear("l", 7), new Shape(2, 6, 4), Optional.of(new AveragePool("p", 2, 2)));
        assertEquals(new Shape(2, 3, 2), projection.pooled());
        assertEquals(3, projection.kernelHeight());
        assertEquals(2, projection.kernelWidth());
        assertEquals(1, projection.stride());
        assertEquals(0, projection.padding());
        assertArrayEquals(new int[] {7, 12}, projection.weightDimensions());
        assertEquals(84, projection.macs());
        assertEquals(0.25f, projection.scale());
        assertEquals("l", projection.name());
    }

    @Test
    void moreWeightsThanAnArrayHoldsAreRefused() {
        Shape source = Shape.flat(1 << 14);
        assertEquals(
                Shape.MAX_SIZE,
                Projection.of(new Linear("l", 1 << 13), source, Optional.empty())
                        .weights());
        Linear larger = new Linear("l", (1 << 13) + 1);
        assertThrows(IllegalArgumentException.class, () -> Projection.of(larger, source, Optional.empty()));
        Linear overflowing = new Linear("l", 1 << 27);
        assertThrows(IllegalArgumentException.class, () -> Projection.of(overflowing, source, Optional.empty()));
    }

    private static int[] countedFanOut(Projection projection) {
        Shape source = projection.source();
        Shape target = projection.target();
        Set<Integer> synapses = new HashSet<>();
        int window = projection.pool().map(AveragePool::kernel).orElse(1);
        int step = projection.pool().map(AveragePool::stride).orElse(1);
        for (int ty = 0; ty < target.height(); ty++) {
            for (int tx = 0; tx < target.width(); tx++) {
                for (int tap = 0; tap < projection.kernelHeight() * projection.kernelWidth(); tap++) {
                    int py = ty * projection.stride() - projection.padding() + tap / projection.kernelWidth();
                    int px = tx * projection.stride() - projection.padding() + tap % projection.kernelWidth();
                    if (py < 0
                            || px < 0
                            || py >= projection.pooled().height()
                            || px >= projection.pooled().width()) {
                        continue;
                    }
                    for (int cell = 0; cell < window * window; cell++) {
                        int sy = py * step + cell / window;
                        int sx = px * step + cell % window;
                        synapses.add((sy * source.width() + sx) * target.positions() + ty * target.width() + tx);
                    }
                }
            }
        }
        int[] fanOut = new int[source.positions()];
        for (int synapse : synapses) {
            fanOut[synapse / target.positions()] += target.channels();
        }
        return fanOut;
    }

    static Projection projection(Random random) {
        while (true) {
            Shape source = new Shape(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
            Optional<AveragePool> pool = random.nextBoolean()
                    ? Optional.of(new AveragePool("p", 1 + random.nextInt(4), 1 + random.nextInt(4)))
                    : Optional.empty();
            int kernel = 1 + random.nextInt(5);
            WeightLayer layer = random.nextInt(4) == 0
                    ? new Linear("l", 1 + random.nextInt(6))
                    : new Conv("c", 1 + random.nextInt(4), kernel, 1 + random.nextInt(3), random.nextInt(kernel));
            try {
                return Projection.of(layer, source, pool);
            } catch (IllegalArgumentException e) {
                // They do not fit together; draw again.
            }
        }
    }
}
