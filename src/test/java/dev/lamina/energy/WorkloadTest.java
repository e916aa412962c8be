package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadTest {

    @Test
    void onlyConvolutionsOverSeveralPositionsShareWeights() {
        assertTrue(Workloads.CONVOLUTION.sharesWeights());
        assertFalse(Workloads.LINEAR.sharesWeights());
    }

    @Test
    void synopsAreBothKinds() {
        assertEquals(65, Workloads.tiny(Workloads.LINEAR).synops());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void countsAreCounts(double wrong) {
        assertThrows(IllegalArgumentException.class, () -> new Workload.Size(1, 1, wrong, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Workload("a", Workloads.LINEAR, 1, wrong, 0, 0, 0, 0, 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Workload("a", Workloads.LINEAR, 1, 0, 0, 0, 0, 0, 0, 0, wrong));
    }

    @Test
    void noMoreIsTouchedThanUpdated() {
        assertThrows(
                IllegalArgumentException.class, () -> new Workload("a", Workloads.LINEAR, 1, 0, 0, 5, 6, 0, 0, 0, 0));
    }
}
