package dev.lamina.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A few images in MNIST's files: a bright row, whose place is the class. */
final class TinyData {

    static final int TRAINING = 60;
    static final int TEST = 20;

    private static final int SIDE = 28;

    private TinyData() {}

    /** Writes {@code folder/mnist} and returns {@code folder}. */
    static Path mnist(Path folder) throws IOException {
        Path mnist = Files.createDirectories(folder.resolve("mnist"));
        write(mnist, "train", TRAINING);
        write(mnist, "t10k", TEST);
        return folder;
    }

    private static void write(Path folder, String prefix, int count) throws IOException {
        Random random = new Random(count);
        byte[] labels = new byte[count];
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
            for (int x = 0; x < SIDE; x++) {
                pixels[(i * SIDE + 2 * labels[i] + 4) * SIDE + x] = (byte) (128 + random.nextInt(128));
            }
        }
        Files.write(folder.resolve(prefix + "-labels-idx1-ubyte"), idx(labels, 2049, count));
        Files.write(folder.resolve(prefix + "-images-idx3-ubyte"), idx(pixels, 2051, count, SIDE, SIDE));
    }

    /** An IDX file: a magic number and dimensions, then bytes. */
    static byte[] idx(byte[] content, int... header) {
        ByteBuffer file = ByteBuffer.allocate(Integer.BYTES * header.length + content.length);
        for (int word : header) {
            file.putInt(word);
        }
        return file.put(content).array();
    }
}
