package dev.lamina.data;

import dev.lamina.network.Shape;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Handwritten-like digits that are drawn by the program itself: a data set that needs no file and no network. Images of
 * 1 x 28 x 28, ten classes, 10,000 for training and 2,000 for testing, every class equally often.
 *
 * <p>Each image is a pure function of (split, index), the same byte for byte on every machine, and the two splits share
 * no random number. Thread-safe.
 */
public final class DrawnDigits {

    /** What the data set is called. */
    public static final String NAME = "drawn-digits";

    /** The shape of an image. */
    public static final Shape SHAPE = new Shape(1, 28, 28);

    /** The number of classes. */
    public static final int CLASSES = 10;

    /** Another key gives another data set; this one is part of what the name means. */
    private static final long KEY = 0x6C616D696E61L;

    private static final int SIDE = 28;

    private DrawnDigits() {}

    /** The number of images of a split. */
    public static int size(Split split) {
        return switch (split) {
            case TRAIN -> 10_000;
            case TEST -> 2_000;
        };
    }

    /** Draws all images of a split. */
    public static Dataset dataset(Split split) {
        int size = size(split);
        byte[] pixels = new byte[size * SHAPE.size()];
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) label(split, i);
            draw(split, i, pixels, i * SHAPE.size());
        }
        return new Dataset(NAME, SHAPE, CLASSES, pixels, labels);
    }

    /** The class of an image. Any ten images from a multiple of ten on have all ten classes. */
    public static int label(Split split, int index) {
        Draws draws = new Draws(KEY, stream(split), index / CLASSES);
        int[] order = new int[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            int j = draws.below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order[index % CLASSES];
    }

    /**
     * Draws one image.
     *
     * @param index which one, at least 0; beyond {@link #size} there are more of the same kind
     * @param pixels receives one unsigned byte a pixel from {@code offset} on, row by row, 0 where there is no ink
     */
    public static void draw(Split split, int index, byte[] pixels, int offset) {
        Draws draws = new Draws(KEY, stream(split) + 1, index);
        ImmutableList<Skeleton> forms = DigitForms.of(label(split, index));
        Skeleton skeleton = forms.get(draws.below(forms.size()));
        Hand hand = new Hand(draws);
        Pen pen = new Pen(SIDE, draws);
        double middle = 0.5 * (SIDE - 1);
        pen.draw(
                hand.write(skeleton),
                20 + 0.8 * draws.bell(),
                middle + 0.7 * draws.bell(),
                middle + 0.7 * draws.bell());
        double brightness = draws.within(225, 256);
        for (int i = 0; i < SHAPE.size(); i++) {
            double ink = pen.ink(i);
            pixels[offset + i] = ink > 0 ? (byte) (brightness * ink * draws.within(0.93, 1)) : 0;
        }
    }

    /** The stream of a split's labels; that of its images is the next one. */
    private static int stream(Split split) {
        return switch (split) {
            case TRAIN -> 0;
            case TEST -> 2;
        };
    }
}
