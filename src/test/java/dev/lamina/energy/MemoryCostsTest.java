package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryCostsTest {

    private static final MemoryCosts COSTS = new MemoryCosts(
            4,
            List.of(
                    new MemoryCosts.Point(0, 0),
                    new MemoryCosts.Point(8192, 2.5),
                    new MemoryCosts.Point(32768, 5),
                    new MemoryCosts.Point(1048576, 25)));

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 1.25",
        "8192, 2.5",
        "20480, 3.75",
        "32768, 5",
        "540672, 15",
        "1048576, 25",
        // The last segment goes on: 20 pJ more for each 1,015,808 bytes.
        "2064384, 45"
    })
    void costIsLinearBetweenThePointsAndBeyond(double bytes, double picojoules) {
        assertEquals(picojoules, COSTS.picojoulesPerByte(bytes), 1e-12);
    }

    @Test
    void belowTheFirstPointTheFirstSegmentGoesOnButNotBelowZero() {
        MemoryCosts costs = new MemoryCosts(1, List.of(new MemoryCosts.Point(100, 10), new MemoryCosts.Point(200, 30)));
        assertEquals(2, costs.picojoulesPerByte(60), 1e-12);
        assertEquals(0, costs.picojoulesPerByte(10));
    }

    @Test
    void eventsWeightsPotentialsAndSpikesAreAccessed() {
        // Bytes moved times bytes of memory, at 2.5 / 8192 pJ: events 28 · 400, weights 260 · 200,
        // potentials 2 · (65 + 40) · 4 · 40, spikes 12 · 40.
        double products = 28 * 400 + 260 * 200 + 840 * 40 + 12 * 40;
        assertEquals(products * 2.5 / 8192 * 1e-12, COSTS.joules(Workloads.tiny(Workloads.CONVOLUTION)), 1e-24);
    }

    @Test
    void ordinaryConvolutionReadsAnInputForEachMac() {
        double products = 2000 * 100 + 2000 * 200 + 40 * 40;
        assertEquals(products * 2.5 / 8192 * 1e-12, COSTS.annJoules(Workloads.CONVOLUTION), 1e-24);
    }

    @Test
    void ordinaryLayerOfOnePositionReadsEachInputOnce() {
        double products = 80 * 80 + 800 * 800 + 40 * 40;
        assertEquals(products * 2.5 / 8192 * 1e-12, COSTS.annJoules(Workloads.LINEAR), 1e-24);
    }
}
