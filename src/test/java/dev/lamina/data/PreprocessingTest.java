package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.network.Shape;
import org.junit.jupiter.api.Test;

final class PreprocessingTest {

    /** Two channels of 1 x 2: neurons count channels within positions, pixels positions within channels. */
    private static final Dataset TWO_CHANNELS =
            new Dataset("d", new Shape(2, 1, 2), 2, new byte[] {0, 51, 102, (byte) 255, 9, 9, 9, 9}, new byte[2]);

    @Test
    void noneScalesBrightnessAndPutsNeuronsInOrder() {
        assertArrayEquals(new float[] {0, 102 / 255f, 51 / 255f, 1}, Preprocessing.NONE.apply(TWO_CHANNELS, 0));
    }

    @Test
    void normalises() {
        Preprocessing centred = new Preprocessing(0, 0.5f, 0.5f);
        assertArrayEquals(new float[] {-1, -0.2f, -0.6f, 1}, centred.apply(TWO_CHANNELS, 0), 1e-6f);
    }

    @Test
    void padsWithZerosAfterNormalising() {
        Preprocessing padded = new Preprocessing(1, 0.5f, 0.5f);
        assertEquals(new Shape(2, 3, 4), padded.output(TWO_CHANNELS.shape()));
        float[] values = padded.apply(TWO_CHANNELS, 0);
        float[] expected = new float[24];
        expected[10] = -1;
        expected[11] = -0.2f;
        expected[12] = -0.6f;
        expected[13] = 1;
        assertArrayEquals(expected, values, 1e-6f);
    }

    @Test
    void complaintsNameTheSection() {
        for (String key : new String[] {"mean = -1", "deviation = 0", "deviation = 1e-60", "deviation = -1"}) {
            Settings settings = Settings.parse("preprocessing { " + key + " }", "a.conf");
            InputException e =
                    assertThrows(InputException.class, () -> Preprocessing.parse(settings.section("preprocessing")));
            String name = key.substring(0, key.indexOf(' '));
            assertTrue(e.getMessage().startsWith("key 'preprocessing." + name + "' is "), e.getMessage());
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(-1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, 1.5f, 1));
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, Float.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, 0, Float.POSITIVE_INFINITY));
    }
}
