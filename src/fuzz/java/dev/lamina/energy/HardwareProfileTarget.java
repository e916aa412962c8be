package dev.lamina.energy;

import dev.lamina.fuzz.ConfigurationFiles;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.io.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hardware profiles, with their meshes. */
public final class HardwareProfileTarget implements FuzzTarget {

    @Override
    public List<byte[]> seeds() throws IOException {
        return ConfigurationFiles.in("src/main/resources/dev/lamina/energy");
    }

    @Override
    public void parse(byte[] input) {
        HardwareProfile.parse(Settings.parse(new String(input, StandardCharsets.UTF_8), "fuzz"));
    }
}
