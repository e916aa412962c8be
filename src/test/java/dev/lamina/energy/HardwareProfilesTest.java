package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HardwareProfilesTest {

    private static final String OWN = """
            name = own
            description = "own hardware"
            source = "own measurement"
            synop-picojoules = 1
            neuron-update-picojoules = 0
            leaves-out = "memory"
            """;

    @TempDir
    private Path folder;

    @Test
    void cmosCountsAdditionsAsHorowitzPublishedThem() {
        HardwareProfile cmos = HardwareProfiles.named("cmos45-fp32", folder);
        assertEquals(0.9, cmos.synopPicojoules());
        assertEquals(0, cmos.neuronUpdatePicojoules());
        assertEquals(OptionalDouble.of(4.6), cmos.macPicojoules());
        assertEquals(4.6, cmos.analogSynopPicojoules());
        assertTrue(cmos.source().contains("Horowitz"), cmos.source());
        assertTrue(cmos.source().contains("ISSCC 2014"), cmos.source());
        assertEquals(0.9e-6, cmos.energy(1_000_000, 5_000).totalJoules(), 1e-18);
        assertEquals(4.6e-6, cmos.annJoules(1_000_000).getAsDouble(), 1e-18);
    }

    @Test
    void loihiCountsWhatDaviesPublished() {
        HardwareProfile loihi = HardwareProfiles.named("loihi", folder);
        assertEquals(23.6, loihi.synopPicojoules());
        assertEquals(81, loihi.neuronUpdatePicojoules());
        assertTrue(loihi.macPicojoules().isEmpty());
        assertEquals(23.6, loihi.analogSynopPicojoules());
        assertTrue(loihi.source().contains("Davies"), loihi.source());
        assertTrue(loihi.source().contains("IEEE Micro 38(1), 2018"), loihi.source());
        Energy energy = loihi.energy(1_000, 100);
        assertEquals(23.6e-9, energy.synapsesJoules(), 1e-21);
        assertEquals(8.1e-9, energy.neuronsJoules(), 1e-21);
    }

    @Test
    void eachBuiltInProfileIsComplete() {
        for (String name : HardwareProfiles.NAMES) {
            HardwareProfile profile = HardwareProfiles.named(name, folder);
            assertEquals(name, profile.name());
            assertTrue(!profile.description().isBlank() && !profile.leavesOut().isBlank(), name);
        }
    }

    @Test
    void fileIsFoundFromTheGivenFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("own.conf"), OWN);
        assertEquals("own", HardwareProfiles.named("own.conf", folder).name());
        assertEquals(
                "own",
                HardwareProfiles.named(file.toAbsolutePath().toString(), folder.resolve("elsewhere"))
                        .name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Loihi", "loihi2", "cmos45", "a\0b.conf"})
    void unknownNameListsTheKnownOnes(String name) {
        InputException e = assertThrows(InputException.class, () -> HardwareProfiles.named(name, folder));
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        assertTrue(e.getMessage().startsWith("unknown hardware profile: "), e.getMessage());
        assertTrue(e.getMessage().contains("cmos45-fp32, loihi"), e.getMessage());
    }

    @Test
    void absentOrBrokenFileIsAComplaint() throws IOException {
        InputException absent = assertThrows(InputException.class, () -> HardwareProfiles.named("absent.conf", folder));
        assertTrue(absent.getMessage().startsWith("no such configuration file: "), absent.getMessage());
        Files.writeString(folder.resolve("broken.conf"), OWN + "colour = red");
        InputException broken = assertThrows(InputException.class, () -> HardwareProfiles.named("broken.conf", folder));
        assertTrue(broken.getMessage().startsWith("unknown key 'colour': "), broken.getMessage());
    }
}
