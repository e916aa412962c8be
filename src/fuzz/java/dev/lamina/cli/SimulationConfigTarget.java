package dev.lamina.cli;

import dev.lamina.fuzz.ConfigurationFiles;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import java.io.IOException;
import java.util.List;

/** Files of {@code sim-configs/}. */
public final class SimulationConfigTarget implements FuzzTarget {

    private final Scratch scratch;

    /** Makes the folder. */
    public SimulationConfigTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        return ConfigurationFiles.in("sim-configs");
    }

    @Override
    public void parse(byte[] input) throws IOException {
        SimulationConfig.read(scratch.file("simulation.conf", input));
    }
}
