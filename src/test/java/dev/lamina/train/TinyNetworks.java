package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.Settings;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.util.Random;

/** Small networks and data for tests of the trainer. */
final class TinyNetworks {

    static final Preprocessing PREPROCESSING = new Preprocessing(1, 0.25f, 0.5f);

    /** Fits images of 1 x 6 x 6 that {@link #PREPROCESSING} pads to 8 x 8. */
    static final Network CLASSIFIER = network("""
            name = tiny, input { channels = 1, height = 8, width = 8 }
            layers = [
              { type = conv, name = conv, channels = 6, kernel = 3, padding = 1 }
              { type = average-pool, name = pool, kernel = 2 }
              { type = flatten, name = flatten }
              { type = dropout, name = drop, probability = 0.2 }
              { type = linear, name = hidden, outputs = 16 }
              { type = linear, name = out, outputs = 3 }
            ]
            """);

    private TinyNetworks() {}

    static Network network(String definition) {
        return Network.parse(Settings.parse(definition, "test"));
    }

    /** Three classes of images of 1 x 6 x 6: a bright top, a bright bottom, a bright left edge; with noise. */
    static Dataset stripes(int size, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[size * 36];
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) random.nextInt(3);
            for (int j = 0; j < 36; j++) {
                boolean bright = switch (labels[i]) {
                    case 0 -> j < 12;
                    case 1 -> j >= 24;
                    default -> j % 6 < 2;
                };
                pixels[i * 36 + j] = (byte) (random.nextInt(120) + (bright ? 100 : 0));
            }
        }
        return new Dataset("stripes", new Shape(1, 6, 6), 3, pixels, labels);
    }

    /** Random images. */
    static Dataset noise(Shape shape, int classes, int size, long seed) {
        byte[] pixels = new byte[size * shape.size()];
        new Random(seed).nextBytes(pixels);
        return new Dataset("noise", shape, classes, pixels, new byte[size]);
    }

    /** Random values within [-range, range]. */
    static float[] values(Random random, int count, float range) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (2 * random.nextFloat() - 1) * range;
        }
        return values;
    }
}
