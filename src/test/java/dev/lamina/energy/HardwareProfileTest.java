package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HardwareProfileTest {

    private static final String FULL = """
            name = toy
            description = "a toy"
            source = "nobody, 2020"
            synop-picojoules = 2
            neuron-update-picojoules = 3
            mac-picojoules = 5
            analog-synop-picojoules = 7
            leaves-out = "all else"
            """;

    @Test
    void readsEveryKey() {
        HardwareProfile expected =
                new HardwareProfile("toy", "a toy", "nobody, 2020", 2, 3, OptionalDouble.of(5), 7, "all else");
        assertEquals(expected, parse(FULL));
    }

    @Test
    void energiesAreSumsOfProducts() {
        HardwareProfile profile = parse(FULL);
        Energy energy = profile.energy(1_000_000, 10_000, 2_000);
        assertEquals((1_000_000 * 2 + 10_000 * 7) * 1e-12, energy.synapsesJoules(), 1e-21);
        assertEquals(6e-9, energy.neuronsJoules(), 1e-21);
        assertEquals(2.07e-6 + 6e-9, energy.totalJoules(), 1e-18);
        assertEquals(new Energy(20e-12, 12e-12), profile.energy(10, 4));
        assertEquals(500e-12, profile.annJoules(100).getAsDouble(), 1e-21);
    }

    @Test
    void nothingCostsNothing() {
        assertEquals(0, parse(FULL).energy(0, 0, 0).totalJoules());
        assertEquals(OptionalDouble.of(0), parse(FULL).annJoules(0));
    }

    @Test
    void countsBeyond32BitsDoNotOverflow() {
        assertEquals(
                2 * 9e15 * 1e-12, parse(FULL).energy(9_000_000_000_000_000L, 0).synapsesJoules(), 1e-3);
    }

    @Test
    void analogSynopCostsWhatIsNearestToIt() {
        String noAnalog = without(FULL, "analog-synop-picojoules");
        assertEquals(5, parse(noAnalog).analogSynopPicojoules());
        assertEquals(2, parse(without(noAnalog, "mac-picojoules")).analogSynopPicojoules());
    }

    @Test
    void hardwareWithoutMacsRunsNoOrdinaryNetwork() {
        HardwareProfile profile = parse(without(FULL, "mac-picojoules"));
        assertTrue(profile.macPicojoules().isEmpty());
        assertTrue(profile.annJoules(100).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "source",
                "synop-picojoules",
                "neuron-update-picojoules",
                "leaves-out",
            })
    void requiredKeyIsMissed(String key) {
        assertComplaint("missing key '" + key + "': toy.conf", without(FULL, key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synop-picojoules",
                "neuron-update-picojoules",
                "mac-picojoules",
                "analog-synop-picojoules",
            })
    void picojoulesAreNumbersOfASensibleSize(String key) {
        String rest = without(FULL, key);
        assertComplaint("key '" + key + "' is -1.0: toy.conf line 8: ", rest + key + " = -1");
        assertComplaint("key '" + key + "' is NaN: ", rest + key + " = NaN");
        assertComplaint("key '" + key + "' is Infinity: ", rest + key + " = Infinity");
        assertComplaint("key '" + key + "' is 1.0E10: ", rest + key + " = 1e10");
        assertComplaint("mistyped key '" + key + "': ", rest + key + " = cheap");
        assertComplaint("mistyped key '" + key + "': ", rest + key + " = [1]");
        parse(rest + key + " = 0");
    }

    @ParameterizedTest
    @CsvSource({"name", "description", "source", "leaves-out"})
    void textsAreTexts(String key) {
        assertComplaint("mistyped key '" + key + "': ", without(FULL, key) + key + " = { a = 1 }");
    }

    @Test
    void unknownKeyIsNamedWithItsLine() {
        assertComplaint("unknown key 'synop-picojoule': toy.conf line 9: known here: ", FULL + "synop-picojoule = 1");
    }

    private static HardwareProfile parse(String text) {
        return HardwareProfile.parse(Settings.parse(text, "toy.conf"));
    }

    private static String without(String text, String key) {
        return text.replaceFirst("(?m)^" + key + " = .*\\n", "");
    }

    private static void assertComplaint(String start, String text) {
        InputException e = assertThrows(InputException.class, () -> parse(text));
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }
}
