package dev.lamina.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.sim.Kernel;
import dev.lamina.sim.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RooflineTest {

    @Test
    void totalAddsEveryValueOnce() {
        float[] values = new float[2 * Kernel.TOTAL_BLOCK];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        float expected = values.length * (values.length - 1) / 2f;
        for (Kernel kernel : List.of(Kernels.scalar(), Kernels.fastest())) {
            assertEquals(expected, kernel.total(values), kernel.name());
        }
    }

    @Test
    void arraysOfAnyLengthAreMeasured() {
        assertTrue(Roofline.floatsPerSecond(Kernels.fastest(), 1) > 0);
    }

    @Test
    void medianIsInTheMiddle() {
        assertEquals(new Timed(3, 1, 7), Timed.of(List.of(7.0, 1.0, 3.0)));
    }
}
