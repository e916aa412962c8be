package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ShapeTest {

    @Test
    void indicesCountChannelsWithinPositionsRowByRow() {
        Shape shape = new Shape(3, 2, 4);
        int next = 0;
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 4; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertEquals(next++, shape.index(channel, y, x));
                }
            }
        }
        assertEquals(next, shape.size());
        assertEquals(8, shape.positions());
    }

    @Test
    void channelFirstValuesComeIntoNeuronOrder() {
        Shape shape = new Shape(2, 1, 3);
        float[] channelFirst = {-1, -1, 0, 1, 2, 10, 11, 12};
        assertArrayEquals(new float[] {0, 10, 1, 11, 2, 12}, shape.toNeuronOrder(channelFirst, 2));
    }

    @Test
    void flatPopulationIsOnePosition() {
        assertEquals(new Shape(7, 1, 1), Shape.flat(7));
    }

    @Test
    void sizesAreLimited() {
        assertEquals(Shape.MAX_SIZE, new Shape(1 << 7, 1 << 10, 1 << 10).size());
        assertThrows(IllegalArgumentException.class, () -> new Shape(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Shape(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Shape(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Shape(Shape.MAX_SIZE, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Shape(1 << 16, 1 << 16, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Shape(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }
}
