package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.network.Shape;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // A scope acts by being open.
class ImageBatchTest {

    private static final Shape IMAGE = new Shape(2, 6, 5);
    private static final Preprocessing PREPROCESSING = new Preprocessing(1, 0.25f, 0.5f);
    private static final Dataset DATA = TinyNetworks.noise(IMAGE, 2, 5, 8);

    private static float[] contents(Augmentation augmentation, long seed, int sample) {
        try (PointerScope scope = new PointerScope()) {
            ImageBatch batch = new ImageBatch(DATA, PREPROCESSING, 3);
            batch.fill(new int[] {0, sample}, 1, 2, augmentation, new Random(seed));
            float[] values = new float[PREPROCESSING.output(IMAGE).size()];
            batch.images(1).data_ptr_float().get(values);
            return values;
        }
    }

    @Test
    void plainImagesAreThePreprocessedOnesChannelFirst() {
        Shape shape = PREPROCESSING.output(IMAGE);
        float[] expected = PREPROCESSING.apply(DATA, 3);

        float[] values = contents(Augmentation.NONE, 1, 3);

        for (int i = 0; i < values.length; i++) {
            assertEquals(
                    expected[i % shape.positions() * shape.channels() + i / shape.positions()],
                    values[i],
                    "value " + i);
        }
    }

    @Test
    void variedImagesAreMovedAndMirroredBeforeNormalisation() {
        Shape shape = PREPROCESSING.output(IMAGE);
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            float[] values = contents(Augmentation.CROP_FLIP, seed, 2);
            String move = movement(values, shape, 4);
            assertTrue(!move.isEmpty(), "seed " + seed + " is no movement of the image");
            seen.add(move);
        }
        assertTrue(seen.size() > 100, seen.size() + " of 162 movements in 400 draws");
    }

    /** The movement that explains {@code values}; empty if none does. */
    private static String movement(float[] values, Shape shape, int reach) {
        for (int down = -reach; down <= reach; down++) {
            for (int right = -reach; right <= reach; right++) {
                for (int flip = 0; flip < 2; flip++) {
                    if (explains(values, shape, down, right, flip == 1)) {
                        return down + " " + right + " " + flip;
                    }
                }
            }
        }
        return "";
    }

    private static boolean explains(float[] values, Shape shape, int down, int right, boolean flip) {
        int i = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = -1; y <= IMAGE.height(); y++) {
                for (int x = -1; x <= IMAGE.width(); x++) {
                    boolean border = y < 0 || y == IMAGE.height() || x < 0 || x == IMAGE.width();
                    int row = y - down;
                    int column = (flip ? IMAGE.width() - 1 - x : x) - right;
                    boolean inside = row >= 0 && row < IMAGE.height() && column >= 0 && column < IMAGE.width();
                    int pixel = inside ? DATA.pixel(2, (c * IMAGE.height() + row) * IMAGE.width() + column) : 0;
                    if (values[i++] != (border ? 0 : (pixel / 255f - 0.25f) / 0.5f)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
