package dev.lamina.train;

/**
 * How training images are varied before they are normalised, so that a network does not learn them by heart. What
 * comes in from outside the image is black, as a shifted photograph has it.
 */
public enum Augmentation {
    /** Images as they are. */
    NONE(0, false),
    /** For photographs: moved by up to four pixels each way, and mirrored half the time. */
    CROP_FLIP(4, true),
    /** For digits, which must not be mirrored: moved by up to two pixels each way. */
    SHIFT(2, false);

    private final int reach;
    private final boolean flip;

    Augmentation(int reach, boolean flip) {
        this.reach = reach;
        this.flip = flip;
    }

    /** The farthest that an image moves, in pixels, on each axis. */
    int reach() {
        return reach;
    }

    /** Whether images are mirrored. */
    boolean flip() {
        return flip;
    }
}
