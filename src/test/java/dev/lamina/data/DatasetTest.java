package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.network.Shape;
import org.junit.jupiter.api.Test;

final class DatasetTest {

    private static final Dataset FIVE = new Dataset(
            "five", new Shape(1, 1, 2), 256, new byte[] {0, 1, 10, 11, 20, 21, 30, 31, (byte) 200, 41}, new byte[] {
                5, 6, 7, 8, (byte) 255
            });

    @Test
    void bytesAreUnsigned() {
        assertEquals(255, FIVE.label(4));
        assertEquals(200, FIVE.pixel(4, 0));
    }

    @Test
    void sliceOfASliceCountsFromItsOwnStart() {
        Dataset slice = FIVE.slice(1, 5).slice(1, 3);
        assertEquals(2, slice.size());
        assertEquals("five", slice.name());
        assertEquals(256, slice.classes());
        assertEquals(7, slice.label(0));
        assertEquals(20, slice.pixel(0, 0));
        assertEquals(31, slice.pixel(1, 1));
        assertEquals(0, slice.slice(2, 2).size());
    }

    @Test
    void digestIsThatOfTheImagesAndLabelsThatAreThere() {
        Dataset same = new Dataset("other", new Shape(1, 1, 2), 256, new byte[] {10, 11, 20, 21}, new byte[] {6, 7});
        Dataset label = new Dataset("five", new Shape(1, 1, 2), 256, new byte[] {10, 11, 20, 21}, new byte[] {6, 8});
        assertEquals(same.sha256(), FIVE.slice(1, 3).sha256());
        assertNotEquals(label.sha256(), same.sha256());
        assertNotEquals(FIVE.sha256(), FIVE.slice(0, 4).sha256());
        assertEquals(64, FIVE.sha256().length());
    }

    @Test
    void nothingOutsideASliceCanBeSeen() {
        Dataset slice = FIVE.slice(1, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> slice.label(2));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.label(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.pixel(2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.pixel(0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.pixel(1, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(2, 1));
    }

    @Test
    void lengthsMustMatch() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Dataset("bad", new Shape(1, 2, 2), 10, new byte[7], new byte[2]));
    }
}
