package dev.lamina.model;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.io.InputException;
import java.util.ArrayList;
import java.util.List;

/** Model files. What is accepted can also be written, and reads back as the same model. */
public final class ModelFileTarget implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(new TinyFile().bytes());
        seeds.add(new TinyFile().ann().bytes());
        seeds.add(new TinyFile().tensor("c.threshold", new long[0], 1).bytes());
        seeds.add(new TinyFile().tensor("c.bias", new long[] {2}, 1, 2).bytes());
        seeds.add(new TinyFile()
                .tensor("out.initial_potential", new long[] {3}, 1, 2, 3)
                .bytes());
        seeds.add(new TinyFile()
                .raw("c.weight", "F16", new long[] {2, 1, 2, 2}, new byte[16])
                .bytes());
        seeds.add(RandomModelFiles.bytes(new TinyFile().read()));
        return seeds;
    }

    @Override
    public void parse(byte[] input) {
        Model model = ModelFile.parse(input, "fuzz");
        try {
            RandomModelFiles.assertEqualModels(model, ModelFile.parse(RandomModelFiles.bytes(model), "again"));
        } catch (InputException e) {
            throw new AssertionError("a model was accepted, but is refused when written", e);
        }
    }
}
