package dev.lamina.model;

import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Where a model comes from: enough to make it again.
 *
 * @param dataset the data set it was trained on
 * @param seed the seed of the last thing done to it
 * @param history what was done to it, oldest first, one line each
 * @param conversion how its thresholds were found; absent for an ordinary network
 */
public record Provenance(String dataset, long seed, ImmutableList<String> history, Optional<Conversion> conversion) {

    /** The same with one more line of history, made with {@code seed}. */
    public Provenance then(String line, long newSeed) {
        return new Provenance(dataset, newSeed, history.newWith(line), conversion);
    }

    /** The same with another conversion. */
    public Provenance withConversion(Optional<Conversion> other) {
        return new Provenance(dataset, seed, history, other);
    }
}
