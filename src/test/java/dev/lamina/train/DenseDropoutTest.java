package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // A scope acts by being open.
class DenseDropoutTest {

    private static float[] dropped(long seed, int layer, double probability, long size) {
        try (PointerScope scope = new PointerScope()) {
            float[] values = new float[(int) size];
            new DenseDropout(seed)
                    .apply(torch.ones(size), probability, layer)
                    .data_ptr_float()
                    .get(values);
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5})
    void keepsTheExpectation(double probability) {
        float[] values = dropped(7, 0, probability, 100_003);

        double kept = 0;
        for (float value : values) {
            assertTrue(value == 0 || Math.abs(value - 1 / (1 - probability)) < 1e-6, "a value became " + value);
            kept += value == 0 ? 0 : 1;
        }
        // Five standard deviations of a binomial count.
        double deviation = Math.sqrt(probability * (1 - probability) / values.length);
        assertEquals(1 - probability, kept / values.length, 5 * deviation);
    }

    @Test
    void isAFunctionOfSeedAndLayer() {
        float[] values = dropped(7, 1, 0.5, 40_000);

        assertArrayEquals(values, dropped(7, 1, 0.5, 40_000));
        assertFalse(Arrays.equals(values, dropped(8, 1, 0.5, 40_000)));
        assertFalse(Arrays.equals(values, dropped(7, 2, 0.5, 40_000)));
        // A shorter mask is the beginning of a longer one, and chunks do not repeat each other.
        assertArrayEquals(Arrays.copyOf(values, 20_001), dropped(7, 1, 0.5, 20_001));
        assertFalse(Arrays.equals(Arrays.copyOf(values, 8192), Arrays.copyOfRange(values, 16_384, 16_384 + 8192)));
    }

    @Test
    void gradientPassesWhereTheValueDid() {
        try (PointerScope scope = new PointerScope()) {
            Tensor values = torch.ones(1000).set_requires_grad(true);
            Tensor result = new DenseDropout(3).apply(values, 0.25, 0);
            result.sum().backward();

            float[] out = new float[1000];
            float[] gradient = new float[1000];
            result.data_ptr_float().get(out);
            values.grad().data_ptr_float().get(gradient);
            assertArrayEquals(out, gradient);
        }
    }

    @Test
    void probabilityZeroDropsNothing() {
        assertArrayEquals(dropped(1, 0, 0, 10), new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    }
}
