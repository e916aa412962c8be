package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The shapes that layers make, and the parameters that they refuse. */
final class LayerTest {

    private static final Shape MAPS = new Shape(3, 9, 6);

    @Test
    void convolutionsShapeByKernelStrideAndPadding() {
        assertEquals(new Shape(5, 7, 4), new Conv("c", 5, 3, 1, 0).output(MAPS));
        assertEquals(new Shape(5, 9, 6), new Conv("c", 5, 3, 1, 1).output(MAPS));
        assertEquals(new Shape(5, 5, 3), new Conv("c", 5, 3, 2, 1).output(MAPS));
        assertEquals(new Shape(5, 4, 1), new Conv("c", 5, 6, 1, 0).output(MAPS));
        assertEquals(new Shape(1, 1, 1), new Conv("c", 1, 1, 9, 0).output(MAPS));
        assertEquals(new Shape(2, 13, 10), new Conv("c", 2, 5, 1, 4).output(MAPS));
    }

    @Test
    void poolsShapeByKernelAndStride() {
        assertEquals(new Shape(3, 4, 3), new AveragePool("p", 2, 2).output(MAPS));
        assertEquals(new Shape(3, 8, 5), new AveragePool("p", 2, 1).output(MAPS));
        assertEquals(new Shape(3, 3, 2), new AveragePool("p", 2, 3).output(MAPS));
        assertEquals(new Shape(3, 4, 1), new AveragePool("p", 6, 1).output(MAPS));
        assertEquals(new Shape(3, 1, 1), new AveragePool("p", 1, 100).output(MAPS));
    }

    @Test
    void windowsAreThoseThatLieWithinTheInput() {
        Random random = new Random(7);
        for (int round = 0; round < 1_000; round++) {
            int kernel = 1 + random.nextInt(5);
            int stride = 1 + random.nextInt(4);
            int padding = random.nextInt(kernel);
            Shape input = new Shape(2, kernel + random.nextInt(9), kernel + random.nextInt(9));
            assertEquals(
                    new Shape(
                            4,
                            windows(input.height(), kernel, stride, padding),
                            windows(input.width(), kernel, stride, padding)),
                    new Conv("c", 4, kernel, stride, padding).output(input));
            assertEquals(
                    new Shape(2, windows(input.height(), kernel, stride, 0), windows(input.width(), kernel, stride, 0)),
                    new AveragePool("p", kernel, stride).output(input));
        }
    }

    private static int windows(int extent, int kernel, int stride, int padding) {
        int windows = 0;
        for (int begin = -padding; begin + kernel <= extent + padding; begin += stride) {
            windows++;
        }
        return windows;
    }

    @Test
    void flatteningKeepsTheSizeAndLinearLayersSetIt() {
        assertEquals(Shape.flat(162), new Flatten("f").output(MAPS));
        assertEquals(Shape.flat(10), new Linear("l", 10).output(Shape.flat(162)));
        assertEquals(MAPS, new Dropout("d", 0.5).output(MAPS));
    }

    @Test
    void weightsAreLaidOutAsInPyTorch() {
        assertArrayEquals(new int[] {5, 3, 4, 4}, new Conv("c", 5, 4, 2, 1).weightDimensions(MAPS));
        assertArrayEquals(new int[] {10, 162}, new Linear("l", 10).weightDimensions(MAPS));
    }

    @Test
    void pooledSpikeWeighsItsShareOfTheWindow() {
        IntToDoubleFunction scale = kernel -> new AveragePool("p", kernel, 1).scale();
        assertEquals(1, scale.applyAsDouble(1));
        assertEquals(0.25, scale.applyAsDouble(2));
        assertEquals(1f / 9f, scale.applyAsDouble(3));
    }

    @Test
    void layerThatDoesNotFitSaysWhy() {
        assertRefusal("a kernel of 10 x 10 with padding 0 does not fit its input of 3 x 9 x 6", 10, 0);
        assertRefusal("a kernel of 7 x 7 with padding 0 does not fit its input of 3 x 9 x 6", 7, 0);
        assertEquals(new Shape(1, 5, 2), new Conv("c", 1, 7, 1, 1).output(MAPS));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new AveragePool("p", 7, 1).output(MAPS));
        assertEquals("a window of 7 x 7 does not fit its input of 3 x 9 x 6", e.getMessage());
    }

    private static void assertRefusal(String message, int kernel, int padding) {
        Conv conv = new Conv("c", 1, kernel, 1, padding);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> conv.output(MAPS))
                        .getMessage());
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        int[][] convolutions = {{0, 1, 1, 0}, {1, 0, 1, 0}, {1, 1, 0, 0}, {1, 3, 1, -1}, {1, 3, 1, 3}};
        for (int[] p : convolutions) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> new Conv("c", p[0], p[1], p[2], p[3]));
            assertTrue(e.getMessage().contains("padding " + p[3]), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> new Linear("l", 0));
        assertThrows(IllegalArgumentException.class, () -> new AveragePool("p", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new AveragePool("p", 1, 0));
        for (double probability : new double[] {-0.1, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Dropout("d", probability));
        }
        for (float leak : new float[] {-0.1f, 1.1f, Float.NaN}) {
            assertThrows(
                    IllegalArgumentException.class, () -> new NeuronModel(leak, Reset.SOFT, Propagation.SAME_STEP));
        }
    }
}
