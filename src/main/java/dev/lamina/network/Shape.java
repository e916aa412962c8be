package dev.lamina.network;

/**
 * The shape of a population of neurons or of an image: {@code channels} feature maps of {@code height} by
 * {@code width} positions. A flat population of n neurons is {@code (n, 1, 1)}.
 *
 * <p>A neuron's index counts positions row by row and, within a position, channels:
 * {@code index = (y * width + x) * channels + channel}. Tensors on disk and in the trainer count channels first.
 *
 * @param channels feature maps, at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Shape(int channels, int height, int width) {

    /** The largest population: every index, times four bytes, must stay within an array. */
    public static final int MAX_SIZE = 1 << 27;

    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "sizes must be at least 1: " + channels + " x " + height + " x " + width);
        }
        if ((double) channels * height * width > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "more than " + MAX_SIZE + " neurons: " + channels + " x " + height + " x " + width);
        }
    }

    /** A flat population. */
    public static Shape flat(int size) {
        return new Shape(size, 1, 1);
    }

    /** Positions of one feature map. */
    public int positions() {
        return height * width;
    }

    /** Neurons in all. */
    public int size() {
        return channels * height * width;
    }

    /** The neuron at a channel and a position. */
    public int index(int channel, int y, int x) {
        return (y * width + x) * channels + channel;
    }

    /**
     * Reorders values from channel-first order, as tensors have it, to the order of neuron indices.
     *
     * @param channelFirst {@link #size()} values from {@code offset} on
     */
    public float[] toNeuronOrder(float[] channelFirst, int offset) {
        float[] values = new float[size()];
        int positions = positions();
        for (int channel = 0; channel < channels; channel++) {
            for (int position = 0; position < positions; position++) {
                values[position * channels + channel] = channelFirst[offset + channel * positions + position];
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
