package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.network.Shape;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A batch of preprocessed images with their labels, filled again and again. Belongs to the pointer scope in which it
 * was made, and to one thread. What it hands out shows its own memory: it is valid until the next filling.
 */
final class ImageBatch {

    private final Dataset dataset;
    private final Preprocessing preprocessing;
    private final Shape shape;
    /** The value of each of the 256 levels of a pixel; the same arithmetic as {@link Preprocessing#apply}. */
    private final float[] levels = new float[256];

    private final float[] values;
    private final long[] labels;
    private final Tensor valueTensor;
    private final Tensor labelTensor;
    private final FloatPointer valueMemory;
    private final LongPointer labelMemory;

    /** Room for {@code capacity} images of {@code dataset}. */
    ImageBatch(Dataset dataset, Preprocessing preprocessing, int capacity) {
        this.dataset = dataset;
        this.preprocessing = preprocessing;
        shape = preprocessing.output(dataset.shape());
        for (int level = 0; level < levels.length; level++) {
            levels[level] = (level / 255f - preprocessing.mean()) / preprocessing.deviation();
        }
        values = new float[Math.multiplyExact(capacity, shape.size())];
        labels = new long[capacity];
        valueTensor = torch.empty(capacity, shape.channels(), shape.height(), shape.width());
        labelTensor = torch.zeros(new long[] {capacity}, new TensorOptions(torch.ScalarType.Long));
        valueMemory = valueTensor.data_ptr_float();
        labelMemory = labelTensor.data_ptr_long();
    }

    /** How many images there is room for. */
    int capacity() {
        return labels.length;
    }

    /** Fills the batch with {@code samples[from]} to {@code samples[to - 1]} as they are. */
    void fill(int[] samples, int from, int to) {
        for (int i = from; i < to; i++) {
            put(i - from, samples[i], 0, 0, false);
        }
        upload(to - from);
    }

    /** Fills the batch with {@code samples[from]} to {@code samples[to - 1]}, varied. */
    void fill(int[] samples, int from, int to, Augmentation augmentation, Random random) {
        int reach = augmentation.reach();
        for (int i = from; i < to; i++) {
            int down = reach == 0 ? 0 : random.nextInt(2 * reach + 1) - reach;
            int right = reach == 0 ? 0 : random.nextInt(2 * reach + 1) - reach;
            put(i - from, samples[i], down, right, augmentation.flip() && random.nextBoolean());
        }
        upload(to - from);
    }

    /** The first {@code count} images: count x channels x height x width. */
    Tensor images(int count) {
        return valueTensor.narrow(0, 0, count);
    }

    /** The classes of the first {@code count} images. */
    Tensor labels(int count) {
        return labelTensor.narrow(0, 0, count);
    }

    /** An image of the batch in the order of neuron indices. */
    float[] inNeuronOrder(int slot) {
        return shape.toNeuronOrder(values, slot * shape.size());
    }

    /** The class of an image of the batch. */
    int label(int slot) {
        return (int) labels[slot];
    }

    private void put(int slot, int sample, int down, int right, boolean flip) {
        Shape image = dataset.shape();
        int padding = preprocessing.padding();
        int base = slot * shape.size() + padding * shape.width() + padding;
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int y = 0; y < image.height(); y++) {
                int target = base + (channel * shape.height() + y) * shape.width();
                int row = y - down;
                boolean inside = row >= 0 && row < image.height();
                int source = (channel * image.height() + row) * image.width();
                for (int x = 0; x < image.width(); x++) {
                    int column = (flip ? image.width() - 1 - x : x) - right;
                    values[target + x] = levels[
                            inside && column >= 0 && column < image.width()
                                    ? dataset.pixel(sample, source + column)
                                    : 0];
                }
            }
        }
        labels[slot] = dataset.label(sample);
    }

    private void upload(int count) {
        valueMemory.put(values, 0, count * shape.size());
        labelMemory.put(labels, 0, count);
    }
}
