package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the definition of binary16 in IEEE 754-2008, section 3.4. */
final class Float16Test {

    @Test
    void everyValueIsItsDefinition() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            double expected = value(bits);
            float actual = Float16.toFloat((short) bits);
            assertEquals(expected, actual, Integer.toHexString(bits));
            boolean negative = Float.floatToRawIntBits(actual) < 0;
            assertTrue(negative == bits >= 0x8000 || Double.isNaN(expected), Integer.toHexString(bits));
        }
    }

    @Test
    void everyValueIsItsOwnNearest() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Float16.toFloat((short) bits);
            short back = Float16.of(value);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(Float16.toFloat(back)));
            } else {
                assertEquals((short) bits, back);
            }
        }
    }

    @Test
    void midpointsGoToTheEvenNeighbour() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            float middle = (float) ((value(bits) + value(bits + 1)) / 2);
            int even = bits % 2 == 0 ? bits : bits + 1;
            assertEquals((short) even, Float16.of(middle), Integer.toHexString(bits));
            assertEquals((short) bits, Float16.of(Math.nextDown(middle)), Integer.toHexString(bits));
            assertEquals((short) (bits + 1), Float16.of(Math.nextUp(middle)), Integer.toHexString(bits));
            assertEquals((short) (even | 0x8000), Float16.of(-middle), Integer.toHexString(bits));
        }
    }

    @Test
    void whatIsTooLargeBecomesInfinite() {
        assertEquals((short) 0x7bff, Float16.of(Math.nextDown(65520f)));
        for (float value : new float[] {65520, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertEquals((short) 0x7c00, Float16.of(value));
            assertEquals((short) 0xfc00, Float16.of(-value));
        }
    }

    @Test
    void nearestIsNearest() {
        Random random = new Random(3);
        for (int round = 0; round < 100_000; round++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Math.abs(value) < 65504) {
                int bits = Float16.of(value) & 0xffff;
                double distance = Math.abs(value(bits) - value);
                assertTrue(distance <= Math.abs(value(bits + 1) - value), Float.toHexString(value));
                assertTrue((bits & 0x7fff) == 0 || distance <= Math.abs(value(bits - 1) - value));
            }
        }
    }

    private static double value(int bits) {
        int sign = bits >= 0x8000 ? -1 : 1;
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * (fraction / 1024.0) * Math.pow(2, -14)
                : sign * (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
    }
}
