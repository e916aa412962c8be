package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChipSettingsTest {

    private static final ChipSettings DEFAULT = ChipSettings.DEFAULT;

    @Test
    void eachKeyHasADefaultAndThatOfPipelinesIsTheNumberOfThreads() {
        assertEquals(DEFAULT, parse(""));
        assertEquals(Runtime.getRuntime().availableProcessors(), DEFAULT.threads());
        assertEquals(DEFAULT.threads(), DEFAULT.pipelines());
        assertEquals(new ChipSettings(DEFAULT.burst(), DEFAULT.credit(), 3, 3), parse("threads = 3"));
        assertEquals(new ChipSettings(DEFAULT.burst(), DEFAULT.credit(), 4, DEFAULT.threads()), parse("pipelines = 4"));
        assertEquals(new ChipSettings(1, 2, 3, 4), parse("burst = 1, credit = 2, pipelines = 3, threads = 4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"burst", "credit", "pipelines", "threads"})
    void eachIsWithinItsRange(String key) {
        assertDoesNotThrow(() -> parse(key + " = " + ChipSettings.MAX));
        assertThrows(InputException.class, () -> parse(key + " = 0"));
        assertThrows(InputException.class, () -> parse(key + " = " + (ChipSettings.MAX + 1)));
    }

    @Test
    void noneBelowOneIsAccepted() {
        assertThrows(IllegalArgumentException.class, () -> new ChipSettings(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ChipSettings(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ChipSettings(1, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ChipSettings(1, 1, 1, 0));
    }

    @Test
    void patienceIsAboveZero() {
        for (Duration patience : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThrows(IllegalArgumentException.class, () -> new ChipSettings(1, 1, 1, 1, patience));
        }
        assertThrows(InputException.class, () -> parse("patience-seconds = 0"));
    }

    private static ChipSettings parse(String text) {
        return ChipSettings.parse(Settings.parse(text, "test"));
    }
}
