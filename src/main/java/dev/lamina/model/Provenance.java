package dev.lamina.model;

import dev.lamina.data.Dataset;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Where a model comes from: enough to make it again.
 *
 * @param dataset the data set it was trained on
 * @param seed the seed of the last thing done to it
 * @param history what was done to it, oldest first, one line each
 * @param conversion how its thresholds were found; absent for an ordinary network
 * @param validation the samples of the training set that it was not trained on; absent if that is not known
 */
public record Provenance(
        String dataset,
        long seed,
        ImmutableList<String> history,
        Optional<Conversion> conversion,
        Optional<ValidationSplit> validation) {

    /** Of a model that was neither trained nor converted. */
    public static Provenance of(String dataset, long seed, String... history) {
        return new Provenance(dataset, seed, Lists.immutable.of(history), Optional.empty(), Optional.empty());
    }

    /** The samples of a training set that the model is known not to have been trained on. */
    public Optional<ValidationSplit> unseen(Dataset trainSet) {
        return validation.filter(split -> dataset.equals(trainSet.name()) && split.size() < trainSet.size());
    }

    /** The samples that the model's training is said to have held back, where a training set has no more than these. */
    public Optional<ValidationSplit> unfit(Dataset trainSet) {
        return validation.filter(split -> dataset.equals(trainSet.name()) && split.size() >= trainSet.size());
    }

    /** The same with one more line of history, made with {@code seed}. */
    public Provenance then(String line, long newSeed) {
        return new Provenance(dataset, newSeed, history.newWith(line), conversion, validation);
    }

    /** The same with one more line of history: it was trained on all samples but those of {@code split}. */
    public Provenance trained(String line, long newSeed, ValidationSplit split) {
        return then(line, newSeed).withValidation(validation.flatMap(split::common));
    }

    /** The same with another conversion. */
    public Provenance withConversion(Optional<Conversion> other) {
        return new Provenance(dataset, seed, history, other, validation);
    }

    /** The same with other samples that it was not trained on. */
    public Provenance withValidation(Optional<ValidationSplit> other) {
        return new Provenance(dataset, seed, history, conversion, other);
    }
}
