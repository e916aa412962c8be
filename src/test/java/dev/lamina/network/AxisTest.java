package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which sources reach which targets along an axis, against following every tap of every target. */
final class AxisTest {

    static LongStream seeds() {
        return Seeds.of(300);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void everyTapIsFollowed(long seed) {
        Projection projection = ProjectionTest.projection(new Random(seed));
        Axis rows = projection.rows();
        int window = projection.pool().map(AveragePool::kernel).orElse(1);
        int step = projection.pool().map(AveragePool::stride).orElse(1);
        TreeSet<Integer>[] targets = sets(projection.source().height());
        TreeSet<Integer>[] sources = sets(projection.target().height());
        for (int target = 0; target < sources.length; target++) {
            int taps = 0;
            for (int tap = 0; tap < projection.kernelHeight(); tap++) {
                int middle = target * projection.stride() - projection.padding() + tap;
                if (middle < 0 || middle >= projection.pooled().height()) {
                    continue;
                }
                taps++;
                assertEquals(tap, rows.tap(middle, target));
                assertTrue(rows.tapsFrom(target) <= tap && tap < rows.tapsTo(target));
                assertTrue(rows.targetsFrom(middle) <= target && target < rows.targetsTo(middle));
                for (int source = middle * step; source < middle * step + window; source++) {
                    assertTrue(rows.windowsFrom(source) <= middle && middle < rows.windowsTo(source));
                    targets[source].add(target);
                    sources[target].add(source);
                }
            }
            assertEquals(taps, rows.tapsTo(target) - rows.tapsFrom(target));
        }
        assertArrayEquals(arrays(targets), rows.targetsBySource(), projection::toString);
        assertArrayEquals(arrays(sources), rows.sourcesByTarget(), projection::toString);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TreeSet<Integer>[] sets(int count) {
        TreeSet<Integer>[] sets = new TreeSet[count];
        Arrays.setAll(sets, i -> new TreeSet<>());
        return sets;
    }

    private static int[][] arrays(TreeSet<Integer>[] sets) {
        return Arrays.stream(sets)
                .map(set -> set.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }
}
