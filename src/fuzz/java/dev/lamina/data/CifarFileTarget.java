package dev.lamina.data;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import java.io.IOException;
import java.util.List;

/** CIFAR-10's binary files, of as many records as there is room for in the input. */
public final class CifarFileTarget implements FuzzTarget {

    private static final int RECORD = 1 + CifarFile.SHAPE.size();

    private final Scratch scratch;

    /** Makes the folder. */
    public CifarFileTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() {
        byte[] two = new byte[2 * RECORD];
        two[RECORD] = CifarFile.CLASSES - 1;
        return List.of(new byte[RECORD], two);
    }

    @Override
    public void parse(byte[] input) throws IOException {
        int records = input.length / RECORD;
        CifarFile file = new CifarFile(scratch.file("batch.bin", input), records);
        file.read(new byte[records * CifarFile.SHAPE.size()], new byte[records], 0);
    }
}
