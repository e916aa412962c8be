package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HardwareProfilesTest {

    private static final String OWN = """
            name = own
            description = "own hardware"
            source = "own measurement"
            leaves-out = "memory"
            synapse { accumulate-picojoules = 1 }
            neuron { update-picojoules = 0 }
            """;

    @TempDir
    private Path folder;

    @Test
    void namesAreSorted() {
        assertEquals(HardwareProfiles.NAMES.stream().sorted().toList(), HardwareProfiles.NAMES);
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
        assertTrue(e.getMessage().contains("give one of cmos45-fp32, "), e.getMessage());
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
