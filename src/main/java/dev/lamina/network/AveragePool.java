package dev.lamina.network;

/**
 * Average pooling over square windows, without padding. It has no neurons: a spike passes with payload
 * 1/kernel², so the projection behind it carries its weights divided by kernel².
 *
 * @param name the layer's name
 * @param kernel height and width of a window, at least 1
 * @param stride positions from one window to the next, at least 1
 */
public record AveragePool(String name, int kernel, int stride) implements Layer {

    public AveragePool {
        if (kernel < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "kernel and stride must be at least 1: kernel " + kernel + ", stride " + stride);
        }
    }

    @Override
    public Shape output(Shape input) {
        if (input.height() < kernel || input.width() < kernel) {
            throw new IllegalArgumentException(
                    "a window of " + kernel + " x " + kernel + " does not fit its input of " + input);
        }
        return new Shape(
                input.channels(), (input.height() - kernel) / stride + 1, (input.width() - kernel) / stride + 1);
    }

    /** What a spike of payload 1 weighs behind the pool: 1/kernel² as a float. */
    public float scale() {
        return 1f / (kernel * kernel);
    }
}
