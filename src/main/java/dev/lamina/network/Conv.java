package dev.lamina.network;

/**
 * A two-dimensional convolution with a square kernel and zero padding, without bias.
 *
 * @param name the layer's name
 * @param channels output channels, at least 1
 * @param kernel height and width of the kernel, at least 1
 * @param stride positions from one output to the next, at least 1
 * @param padding rows and columns of zeros around the input, at least 0 and less than {@code kernel}
 */
public record Conv(String name, int channels, int kernel, int stride, int padding) implements WeightLayer {

    public Conv {
        if (channels < 1 || kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
            throw new IllegalArgumentException("channels, kernel and stride must be at least 1, padding within [0,"
                    + " kernel): channels " + channels + ", kernel " + kernel + ", stride " + stride + ", padding "
                    + padding);
        }
    }

    @Override
    public Shape output(Shape input) {
        int height = extent(input.height());
        int width = extent(input.width());
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("a kernel of " + kernel + " x " + kernel + " with padding " + padding
                    + " does not fit its input of " + input);
        }
        return new Shape(channels, height, width);
    }

    @Override
    public int[] weightDimensions(Shape input) {
        return new int[] {channels, input.channels(), kernel, kernel};
    }

    private int extent(int input) {
        int room = input + 2 * padding - kernel;
        return room < 0 ? 0 : room / stride + 1;
    }
}
