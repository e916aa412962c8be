package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The built-in profiles beside the published numbers, and each one's energy of a tiny layer, added up by hand. */
final class BuiltInProfilesTest {

    @SuppressWarnings("unused") // by FieldSource
    private static final List<String> NAMES = HardwareProfiles.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void saysWhatItIsAndWhoSaysSoAndWhatItLeavesOut(String name) {
        HardwareProfile profile = profile(name);
        assertEquals(name, profile.name());
        assertTrue(!profile.description().isBlank() && !profile.leavesOut().isBlank(), name);
        assertTrue(profile.source().matches(".*\\b20[0-9]{2}\\b.* pJ.*|.*\\b20[0-9]{2}\\b.* nJ.*"), profile.source());
    }

    @ParameterizedTest
    @CsvSource({"cmos45-fp32, 0.9, 3.7", "cmos45-int32, 0.1, 3.1", "cmos45-int8, 0.03, 0.2"})
    void arithmeticIsHorowitzs(String name, double add, double multiply) {
        HardwareProfile profile = profile(name);
        double mac = profile.synapse().multiplyAccumulatePicojoules();
        assertEquals(new SynapseCosts(add, mac), profile.synapse());
        assertEquals(add + multiply, mac, 1e-12);
        assertEquals(Optional.of(new AnnCosts(mac, 0, 0)), profile.ann());
        assertTrue(profile.source().contains("Horowitz"), profile.source());
        assertTrue(profile.source().contains("ISSCC 2014"), profile.source());
        assertEnergy(60 * add + 5 * (add + multiply), 0, 0, 0, energy(name));
        assertEnergy(500 * (add + multiply), 0, 0, 0, ann(name));
    }

    @Test
    void lemaireChargesArithmeticAddressesAndMemory() {
        HardwareProfile profile = profile("lemaire2022");
        assertEquals(new SynapseCosts(0.1, 3.2), profile.synapse());
        assertEquals(new NeuronCosts(0.1, 0.1, 0.1), profile.neuron());
        assertEquals(Optional.of(new AddressingCosts(6.4, 0.1)), profile.addressing());
        assertEquals(Optional.of(new AnnCosts(3.2, 0.1, 0.1)), profile.ann());
        MemoryCosts memory = profile.memory().orElseThrow();
        assertEquals(4, memory.wordBytes());
        assertEquals(
                List.of(
                        new MemoryCosts.Point(0, 0),
                        new MemoryCosts.Point(8 * 1024, 10 / 4.0),
                        new MemoryCosts.Point(32 * 1024, 20 / 4.0),
                        new MemoryCosts.Point(1024 * 1024, 100 / 4.0)),
                memory.points());
        // Memory: MemoryCostsTest has the products.
        assertEnergy(60 * 0.1 + 5 * 3.2 + 7 * 6.4 + 65 * 0.1, 40 * 0.1 + 3 * 0.1, 29.6875, 0, energy("lemaire2022"));
        assertEnergy(500 * 3.2 + (50 + 25 + 10) * 0.1, 10 * 0.1, 183.59375, 0, ann("lemaire2022"));
    }

    @Test
    void loihiIsDavies() {
        HardwareProfile profile = profile("loihi");
        assertEquals(new SynapseCosts(23.6, 23.6), profile.synapse());
        assertEquals(new NeuronCosts(81, 52, 0), profile.neuron());
        assertEquals(Optional.of(new TrafficCosts(1.7, (3.0 + 4.0) / 2)), profile.traffic());
        assertEquals(Optional.empty(), profile.ann());
        assertTrue(profile.source().contains("IEEE Micro 38(1), 2018, Table 2"), profile.source());
        assertEnergy(65 * 23.6, 30 * 81 + 10 * 52, 0, 8 * 1.7 + 9 * 3.5, energy("loihi"));
    }

    @ParameterizedTest
    @CsvSource({
        "truenorth, Merolla, 26, 0",
        "spinnaker, Hoeppner, 13.3e3, 26e3",
        "spinnaker2, Hoeppner, 450, 2.19e3",
    })
    void secondHandNumbersSaySo(String name, String author, double synop, double update) {
        HardwareProfile profile = profile(name);
        assertEquals(new SynapseCosts(synop, synop), profile.synapse());
        assertEquals(new NeuronCosts(update, update, 0), profile.neuron());
        assertEquals(Optional.empty(), profile.ann());
        assertTrue(profile.source().contains(author), profile.source());
        assertTrue(profile.source().contains("second-hand"), profile.source());
        assertEnergy(65 * synop, 40 * update, 0, 0, energy(name));
    }

    private static HardwareProfile profile(String name) {
        return HardwareProfiles.named(name, Path.of(""));
    }

    private static Energy energy(String name) {
        return profile(name).energy(Workloads.tiny(Workloads.CONVOLUTION));
    }

    private static Energy ann(String name) {
        return profile(name).annEnergy(Workloads.tiny(Workloads.CONVOLUTION)).orElseThrow();
    }

    private static void assertEnergy(double synapses, double neurons, double memory, double traffic, Energy energy) {
        assertEquals(synapses * 1e-12, energy.synapses(), 1e-21);
        assertEquals(neurons * 1e-12, energy.neurons(), 1e-21);
        assertEquals(memory * 1e-12, energy.memory(), 1e-21);
        assertEquals(traffic * 1e-12, energy.traffic(), 1e-21);
        assertEquals(0, energy.idle());
    }
}
