package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurrogateTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 2500})
    void tableIsTheFormula(int timesteps) {
        Surrogate.SpikeTiming timing = new Surrogate.SpikeTiming(0.3, 0.01, Surrogate.Silence.START);
        float[] table = timing.table(timesteps);

        assertEquals(timesteps + 1, table.length);
        assertEquals(0, table[0]);
        for (int gap = 1; gap <= timesteps; gap++) {
            assertEquals((float) (0.3 * Math.exp(-0.01 * gap)), table[gap]);
        }
    }

    @Test
    void silentNeuronIsTakenAsItIsSaid() {
        var start = new Surrogate.SpikeTiming(0.3, 0.01, Surrogate.Silence.START);
        var nothing = new Surrogate.SpikeTiming(0.3, 0.01, Surrogate.Silence.NOTHING);
        for (int tick = 0; tick < 5; tick++) {
            assertEquals(tick + 1, start.silentGap(tick));
            assertEquals(0, nothing.silentGap(tick));
        }
    }

    @ParameterizedTest
    @CsvSource({"-3, 0", "0, 0", "0.5, 0.15", "1, 0.3", "1.5, 0.15", "2, 0", "9, 0"})
    void linearIsATriangleAroundTheThreshold(float ratio, float slope) {
        assertEquals(slope, new Surrogate.Linear(0.3).slope(ratio), 1e-7);
    }

    @Test
    void parsesBothTypesWithDefaults() {
        assertEquals(Surrogate.DEFAULT, parse("type = spike-timing"));
        assertEquals(
                new Surrogate.SpikeTiming(0.5, 0.1, Surrogate.Silence.NOTHING),
                parse("type = spike-timing, alpha = 0.5, beta = 0.1, silence = nothing"));
        assertEquals(new Surrogate.Linear(0.3), parse("type = linear"));
        assertEquals(new Surrogate.Linear(1), parse("type = linear, gamma = 1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alpha = 1 | missing key 'type'",
                "type = arctan | key 'type' is arctan: test.conf line 1: give it one of spike-timing, linear",
                "type = linear, alpha = 1 | unknown key 'alpha'",
                "type = spike-timing, gamma = 1 | unknown key 'gamma'",
                "type = spike-timing, alpha = 0 | key 'alpha' is 0.0",
                "type = spike-timing, beta = -1 | key 'beta' is -1.0",
                "type = spike-timing, silence = golden | key 'silence' is golden",
                "type = linear, gamma = 0 | key 'gamma' is 0.0"
            })
    void wrongKeysAreRefused(String text, String complaint) {
        InputException e = assertThrows(InputException.class, () -> parse(text));
        assertTrue(e.getMessage().startsWith(complaint), e.getMessage());
    }

    private static Surrogate parse(String text) {
        return Surrogate.parse(Settings.parse(text, "test.conf"));
    }
}
