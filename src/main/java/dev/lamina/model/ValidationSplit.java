package dev.lamina.model;

import java.util.Optional;

/**
 * Which samples of a training set are held back from training, to choose by. Of two splits with the same draw and seed, the smaller one's
 * samples are all among the larger one's.
 *
 * @param size how many, at least 1
 * @param draw which
 * @param seed of the draw; 0 where nothing is drawn
 */
public record ValidationSplit(int size, Draw draw, long seed) {

    /** Which samples of a training set are held back. */
    public enum Draw {
        /** The last ones. */
        END,
        /** A draw that depends on the seed. */
        SEEDED
    }

    /**
     * A split.
     *
     * @throws IllegalArgumentException if it holds nothing back
     */
    public ValidationSplit {
        if (size < 1) {
            throw new IllegalArgumentException("a validation split of " + size + " samples");
        }
        seed = draw == Draw.END ? 0 : seed;
    }

    /** The samples that both hold back; absent if that is not known without looking at each. */
    public Optional<ValidationSplit> common(ValidationSplit other) {
        return draw == other.draw && seed == other.seed
                ? Optional.of(new ValidationSplit(Math.min(size, other.size), draw, seed))
                : Optional.empty();
    }

    /** Whether all its samples are held back by {@code other} too, as far as that is known without looking at each. */
    public boolean isWithin(ValidationSplit other) {
        return common(other).equals(Optional.of(this));
    }
}
