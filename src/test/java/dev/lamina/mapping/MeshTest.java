package dev.lamina.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MeshTest {

    private static final String FULL = """
            columns = 3
            rows = 2
            neurons-per-core = 10
            synapse-bytes-per-core = 200
            weight-bits = 7
            address-bits = 4
            convolution = replicated
            axons-per-core = 30
            timing {
              synop-nanoseconds = 1
              neuron-update-nanoseconds = 2
              packet-nanoseconds = 3
              hop-nanoseconds = 4
              tick-overhead-nanoseconds = 5
              shortest-tick-nanoseconds = 6
            }
            """;

    @Test
    void readsEveryKey() {
        assertEquals(
                new Mesh(
                        3,
                        2,
                        10,
                        200,
                        7,
                        4,
                        ConvolutionStorage.REPLICATED,
                        OptionalInt.of(30),
                        new MeshTiming(1, 2, 3, 4, 5, 6)),
                parse(FULL));
    }

    @Test
    void someKeysMayBeAbsent() {
        Mesh mesh = parse(without(without(FULL, "axons-per-core"), "shortest-tick-nanoseconds"));
        assertEquals(OptionalInt.empty(), mesh.axonsPerCore());
        assertEquals(0, mesh.timing().shortestTick());
        assertEquals(
                0,
                parse(without(FULL, "address-bits").replace("replicated", "shared"))
                        .addressBits());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "columns",
                "rows",
                "neurons-per-core",
                "synapse-bytes-per-core",
                "weight-bits",
                "address-bits",
                "convolution",
                "synop-nanoseconds",
                "neuron-update-nanoseconds",
                "packet-nanoseconds",
                "hop-nanoseconds",
                "tick-overhead-nanoseconds"
            })
    void requiredKeyIsMissed(String key) {
        assertComplaint("missing key '" + path(key), without(FULL, key));
    }

    @ParameterizedTest
    @CsvSource({
        "columns, 0",
        "columns, 1025",
        "rows, 0",
        "neurons-per-core, 0",
        "synapse-bytes-per-core, 0",
        "weight-bits, 0",
        "weight-bits, 65",
        "address-bits, -1",
        "axons-per-core, 0",
        "convolution, both",
        "synop-nanoseconds, -1.0",
        "hop-nanoseconds, 2.0E9",
        "shortest-tick-nanoseconds, NaN"
    })
    void valuesAreWithinTheirRanges(String key, String value) {
        assertComplaint(
                "key '" + path(key) + "' is " + value, FULL.replaceFirst("(?m)^( *" + key + " = ).*$", "$1" + value));
    }

    @Test
    void unknownKeysAreNamed() {
        assertComplaint("unknown key 'layers'", FULL + "layers = 3");
        assertComplaint("unknown key 'timing.hop'", FULL.replace("hop-nano", "hop = 1\nhop-nano"));
    }

    @Test
    void bytesAreRoundedUp() {
        Mesh replicated = parse(FULL);
        assertEquals(0, replicated.bytes(0));
        assertEquals(2, replicated.bytes(1));
        assertEquals(11, replicated.bytes(8));
        assertEquals(7, parse(FULL.replace("replicated", "shared")).bytes(8));
    }

    @Test
    void countsCoresAndLinks() {
        Mesh mesh = parse(FULL);
        assertEquals(6, mesh.cores());
        assertEquals(14, mesh.links());
        assertEquals(2, mesh.column(3));
        assertEquals(1, mesh.row(3));
        assertEquals(0, mesh.column(5));
    }

    private static Mesh parse(String text) {
        return Mesh.parse(Settings.parse(text, "toy.conf"));
    }

    private static String path(String key) {
        return key.endsWith("nanoseconds") ? "timing." + key : key;
    }

    private static String without(String text, String key) {
        return text.replaceFirst("(?m)^ *" + key + " = .*\\n", "");
    }

    private static void assertComplaint(String start, String text) {
        InputException e = assertThrows(InputException.class, () -> parse(text));
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }
}
