package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HardwareProfileTest {

    private static final String FULL = """
            name = toy
            description = "a toy"
            source = "nobody, 2020"
            leaves-out = "all else"
            synapse.accumulate-picojoules = 2
            synapse.multiply-accumulate-picojoules = 7
            neuron.update-picojoules = 3
            neuron.idle-update-picojoules = 1
            neuron.spike-picojoules = 11
            addressing.event-picojoules = 13
            addressing.synop-picojoules = 0.5
            memory.word-bytes = 2
            memory.points = [{ bytes = 0, picojoules-per-byte = 1 }, { bytes = 10, picojoules-per-byte = 1 }]
            traffic.packet-picojoules = 17
            traffic.hop-picojoules = 19
            static.milliwatts = 23
            static.tick-microseconds = 29
            ann.multiply-accumulate-picojoules = 5
            ann.output-picojoules = 31
            ann.address-picojoules = 37
            """;

    private static final String SMALL = """
            name = small, description = d, source = s, leaves-out = l
            synapse { accumulate-picojoules = 2 }
            neuron { update-picojoules = 3 }
            """;

    @Test
    void readsEveryKey() {
        HardwareProfile expected = new HardwareProfile(
                "toy",
                "a toy",
                "nobody, 2020",
                "all else",
                new SynapseCosts(2, 7),
                new NeuronCosts(3, 1, 11),
                Optional.of(new AddressingCosts(13, 0.5)),
                Optional.of(new MemoryCosts(2, List.of(new MemoryCosts.Point(0, 1), new MemoryCosts.Point(10, 1)))),
                Optional.of(new TrafficCosts(17, 19)),
                Optional.of(new StaticPower(23, 29)),
                Optional.of(new AnnCosts(5, 31, 37)),
                Optional.empty());
        assertEquals(expected, parse(FULL));
    }

    @Test
    void sectionsBeyondTheFirstTwoMayBeAbsent() {
        HardwareProfile expected = new HardwareProfile(
                "small",
                "d",
                "s",
                "l",
                new SynapseCosts(2, 2),
                new NeuronCosts(3, 3, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertEquals(expected, parse(SMALL));
    }

    @Test
    void energiesAreSumsOfProducts() {
        Energy energy = parse(FULL).energy(Workloads.tiny(Workloads.CONVOLUTION));
        assertPicojoules(60 * 2 + 5 * 7 + 7 * 13 + 65 * 0.5, energy.synapses());
        assertPicojoules(30 * 3 + 10 * 1 + 3 * 11, energy.neurons());
        assertPicojoules((7 + 65 + 2 * (65 + 40) + 3) * 2, energy.memory());
        assertPicojoules(8 * 17 + 9 * 19, energy.traffic());
        assertEquals(0, energy.idle());
        assertPicojoules(278.5 + 133 + 570 + 307, energy.total());
    }

    @Test
    void layerOfOnePositionNeedsNoPlaceOfItsWindow() {
        Energy energy = parse(FULL).energy(Workloads.tiny(Workloads.LINEAR));
        assertPicojoules(60 * 2 + 5 * 7 + 65 * 0.5, energy.synapses());
    }

    @Test
    void ordinaryNetworkIsChargedByItsSize() {
        Energy energy =
                parse(FULL).annEnergy(Workloads.tiny(Workloads.CONVOLUTION)).orElseThrow();
        assertPicojoules(500 * 5 + (50 + 25 + 10) * 37, energy.synapses());
        assertPicojoules(10 * 31, energy.neurons());
        assertPicojoules((500 + 500 + 10) * 2, energy.memory());
        assertEquals(0, energy.traffic() + energy.idle());
        Energy linear = parse(FULL).annEnergy(Workloads.NOTHING).orElseThrow();
        assertEquals(energy, linear, "counts of spikes do not matter");
    }

    @Test
    void staticPowerIsChargedOnceForTheNetwork() {
        Workload tiny = Workloads.tiny(Workloads.CONVOLUTION);
        Energy layer = parse(FULL).energy(tiny);
        Energy network = parse(FULL).energy(List.of(tiny, tiny));
        assertEquals(23e-3 * 4 * 29e-6, network.idle(), 1e-18);
        assertEquals(2 * layer.total() + network.idle(), network.total(), 1e-18);
        assertEquals(
                2 * parse(FULL).annEnergy(tiny).orElseThrow().total(),
                parse(FULL).annEnergy(List.of(tiny, tiny)).orElseThrow().total(),
                1e-20);
    }

    @Test
    void nothingCostsNothing() {
        assertEquals(Energy.ZERO, parse(FULL).energy(Workloads.NOTHING));
        assertEquals(Energy.ZERO, parse(FULL).energy(List.of()));
    }

    @Test
    void countsBeyond32BitsDoNotOverflow() {
        Workload huge = new Workload("huge", Workloads.LINEAR, 1, 9e15, 0, 0, 0, 0, 0, 0, 0);
        assertEquals(2 * 9e15 * 1e-12, parse(SMALL).energy(huge).synapses(), 1e-3);
    }

    @Test
    void withoutAFigureForTheOrdinaryNetworkThereIsNone() {
        assertTrue(parse(SMALL).annEnergy(Workloads.NOTHING).isEmpty());
        assertTrue(parse(SMALL).annEnergy(List.of(Workloads.NOTHING)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "source",
                "leaves-out",
                "synapse.accumulate-picojoules",
                "neuron.update-picojoules",
                "addressing.event-picojoules",
                "addressing.synop-picojoules",
                "memory.word-bytes",
                "memory.points",
                "traffic.packet-picojoules",
                "traffic.hop-picojoules",
                "static.milliwatts",
                "static.tick-microseconds",
                "ann.multiply-accumulate-picojoules",
            })
    void requiredKeyIsMissed(String key) {
        assertComplaint("missing key '" + key + "': toy.conf", without(key));
    }

    @Test
    void requiredSectionIsMissed() {
        assertComplaint("missing key 'neuron': toy.conf", SMALL.replaceAll("neuron.*", ""));
        assertComplaint("mistyped key 'neuron': toy.conf line 3: ", SMALL.replaceAll("neuron.*", "neuron = 3"));
        assertComplaint("mistyped key 'static': toy.conf line 4: ", SMALL + "static = 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synapse.accumulate-picojoules",
                "synapse.multiply-accumulate-picojoules",
                "neuron.update-picojoules",
                "neuron.idle-update-picojoules",
                "neuron.spike-picojoules",
                "addressing.event-picojoules",
                "traffic.hop-picojoules",
                "static.milliwatts",
                "static.tick-microseconds",
                "ann.multiply-accumulate-picojoules",
                "ann.output-picojoules",
                "ann.address-picojoules",
            })
    void costsAreNumbersOfASensibleSize(String key) {
        String rest = without(key);
        assertComplaint("key '" + key + "' is -1.0: toy.conf line 20: ", rest + key + " = -1");
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
        assertComplaint("mistyped key '" + key + "': ", without(key) + key + " = { a = 1 }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | mistyped key 'memory.points': toy.conf line 20: ",
                "[] | fewer than two memory sizes: toy.conf line 20: ",
                "[{ bytes = 1, picojoules-per-byte = 1 }] | fewer than two memory sizes: toy.conf line 20: ",
                "[{ bytes = 1 }] | missing key 'memory.points[0].picojoules-per-byte': toy.conf",
                "[{ bytes = 1, picojoules-per-byte = 1, a = 1 }] | unknown key 'memory.points[0].a': toy.conf line 20: ",
                "[{ bytes = 1, picojoules-per-byte = 1 }, { bytes = 1, picojoules-per-byte = 2 }]"
                        + " | the memory sizes do not ascend: toy.conf line 20: ",
            })
    void memorySizesAscend(String points, String complaint) {
        assertComplaint(complaint, without("memory.points") + "memory.points = " + points);
    }

    @ParameterizedTest
    @CsvSource({
        "synop-picojoules, 'known here: addressing, '",
        "synapse.synop-picojoules, 'known here: accumulate-picojoules, '",
        "neuron.updates, 'known here: idle-update-picojoules, '",
        "addressing.a, 'known here: event-picojoules, '",
        "memory.a, 'known here: points, word-bytes'",
        "traffic.a, 'known here: hop-picojoules, packet-picojoules'",
        "static.a, 'known here: milliwatts, tick-microseconds'",
        "ann.a, 'known here: address-picojoules, '",
    })
    void unknownKeyIsNamedWithItsLine(String key, String known) {
        assertComplaint("unknown key '" + key + "': toy.conf line 21: " + known, FULL + key + " = 1");
    }

    private static HardwareProfile parse(String text) {
        return HardwareProfile.parse(Settings.parse(text, "toy.conf"));
    }

    private static String without(String key) {
        return FULL.replaceFirst("(?m)^" + key.replace(".", "\\.") + " = .*\\n", "");
    }

    private static void assertPicojoules(double expected, double joules) {
        assertEquals(expected * 1e-12, joules, expected * 1e-24);
    }

    private static void assertComplaint(String start, String text) {
        InputException e = assertThrows(InputException.class, () -> parse(text));
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
}
