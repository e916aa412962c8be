package dev.lamina.data;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.network.Shape;

/**
 * How pixels become the values that a network sees: {@code x = (pixel/255 − mean) / deviation}, then
 * {@code padding} zeros on every side. The same for the ordinary network and the spiking one, so that the thresholds
 * fit what the weights were trained on.
 *
 * @param padding zeros on each side, at least 0
 * @param mean subtracted from the pixel's brightness, within [0, 1]
 * @param deviation divides what is left, above 0
 */
public record Preprocessing(int padding, float mean, float deviation) {

    /** Brightness within [0, 1], no padding. */
    public static final Preprocessing NONE = new Preprocessing(0, 0f, 1f);

    private static final int MAX_PADDING = 1 << 12;
    private static final float MAX_DEVIATION = 1e6f;

    public Preprocessing {
        if (padding < 0
                || padding > MAX_PADDING
                || !(mean >= 0 && mean <= 1)
                || !(deviation > 0 && deviation <= MAX_DEVIATION)) {
            throw new IllegalArgumentException("padding must be within [0, 4096], mean within [0, 1] and deviation"
                    + " above 0: padding " + padding + ", mean " + mean + ", deviation " + deviation);
        }
    }

    /**
     * Reads the keys {@code padding}, {@code mean} and {@code deviation}, each with the default of {@link #NONE}.
     *
     * @throws InputException if a key is unknown, mistyped or out of range
     */
    public static Preprocessing parse(Settings settings) {
        int padding = settings.integer("padding", 0, MAX_PADDING, 0);
        float mean = (float) settings.real("mean", 0, 1, 0);
        float deviation = (float) settings.real("deviation", 0, MAX_DEVIATION, 1);
        if (!(deviation > 0)) {
            throw settings.wrong(
                    "deviation",
                    "key '" + settings.fullName("deviation") + "' is " + deviation,
                    "give it a number above 0 and up to 1000000");
        }
        settings.done();
        return new Preprocessing(padding, mean, deviation);
    }

    /** The shape of a preprocessed image. */
    public Shape output(Shape image) {
        return new Shape(image.channels(), image.height() + 2 * padding, image.width() + 2 * padding);
    }

    /** The largest magnitude that a value can have. */
    public float largest() {
        return Math.max(mean, 1 - mean) / deviation;
    }

    /** The values of a sample, in the order of neuron indices. */
    public float[] apply(Dataset dataset, int sample) {
        Shape image = dataset.shape();
        Shape output = output(image);
        float[] values = new float[output.size()];
        int index = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    values[output.index(channel, y + padding, x + padding)] =
                            (dataset.pixel(sample, index++) / 255f - mean) / deviation;
                }
            }
        }
        return values;
    }
}
