package dev.lamina.cli;

import dev.lamina.fuzz.ConfigurationFiles;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import java.io.IOException;
import java.util.List;

/** Files of {@code models/}: network, preprocessing and recipes. */
public final class ModelConfigTarget implements FuzzTarget {

    private final Scratch scratch;

    /** Makes the folder. */
    public ModelConfigTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        return ConfigurationFiles.in("models");
    }

    @Override
    public void parse(byte[] input) throws IOException {
        ModelConfig.read(scratch.file("model.conf", input));
    }
}
