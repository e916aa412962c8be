package dev.lamina.train;

import dev.lamina.data.Philox;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/*
 * The tensor library draws its masks on one core, one number after the other; for a wide layer that took a seventh of a
 * training step. Here all cores draw, eight values from each block of random bits.
 */
/**
 * Dropout of an ordinary network's training: each value becomes 0 with a probability, and the others grow so that the
 * expectation stays. The masks are a pure function of the seed and the layer, whatever the number of threads.
 *
 * @param seed of the training step
 */
record DenseDropout(long seed) {

    /** Values of a task; a multiple of 8. */
    private static final int CHUNK = 1 << 14;

    /**
     * Drops some of {@code values}.
     *
     * @param layer the number of the dropout layer in its network
     */
    Tensor apply(Tensor values, double probability, int layer) {
        if (probability == 0) {
            return values;
        }
        return values.mul(mask(values, probability, layer)).mul_(new Scalar((float) (1 / (1 - probability))));
    }

    /** One byte a value, 1 where it is kept. */
    private Tensor mask(Tensor values, double probability, int layer) {
        Tensor mask = torch.empty_like(values, new TensorOptions(torch.ScalarType.Bool), new MemoryFormatOptional());
        long size = mask.numel();
        ByteBuffer bytes = new BytePointer(mask.data_ptr()).capacity(size).asBuffer();
        int dropped = (int) Math.round(probability * (1 << 16));
        LongStream.range(0, (size + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int count = (int) Math.min(CHUNK, size - chunk * CHUNK);
            byte[] kept = new byte[CHUNK];
            int[] words = new int[4];
            for (int i = 0; i < count; i += 8) {
                Philox.block(seed, (int) chunk, i, layer, 0, words, 0);
                for (int j = 0; j < 8; j++) {
                    int bits = words[j >> 1] >>> ((j & 1) << 4) & 0xffff;
                    kept[i + j] = (byte) (bits >= dropped ? 1 : 0);
                }
            }
            bytes.put((int) (chunk * CHUNK), kept, 0, count);
        });
        return mask;
    }
}
