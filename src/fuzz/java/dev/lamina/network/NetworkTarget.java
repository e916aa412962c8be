package dev.lamina.network;

import dev.lamina.fuzz.ConfigurationFiles;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Definitions of networks. What is accepted can also be written, and reads back as the same network. */
public final class NetworkTarget implements FuzzTarget {

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] file : ConfigurationFiles.in("models")) {
            Settings root = Settings.parse(new String(file, StandardCharsets.UTF_8), "seed");
            seeds.add(root.section("network").render().getBytes(StandardCharsets.UTF_8));
            seeds.add(Network.parse(root.section("network")).definition().getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    @Override
    public void parse(byte[] input) {
        Network network = Network.parse(Settings.parse(new String(input, StandardCharsets.UTF_8), "fuzz"));
        try {
            if (!network.equals(Network.parse(Settings.parse(network.definition(), "again")))) {
                throw new AssertionError("a network reads back as another one");
            }
        } catch (InputException e) {
            throw new AssertionError("a network was accepted, but is refused when written", e);
        }
    }
}
