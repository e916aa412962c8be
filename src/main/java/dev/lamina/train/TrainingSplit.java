package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.ValidationSplit;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A training set, divided. Both parts are indices into it, and no index is in both.
 *
 * @param training the samples to follow the gradient of
 * @param validation the samples that choose the best epoch
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record TrainingSplit(int[] training, int[] validation) {

    /**
     * Divides {@code trainSet} as {@code split} says.
     *
     * @throws InputException if nothing is left to train on
     */
    static TrainingSplit of(Dataset trainSet, ValidationSplit split) {
        int size = trainSet.size();
        if (split.size() >= size) {
            throw InputException.configuration(
                    "no samples are left to train on",
                    trainSet.name() + " has " + size + " and validation.size is " + split.size(),
                    "hold fewer samples back");
        }
        int[] samples = switch (split.draw()) {
            case END -> IntStream.range(0, size).toArray();
            case SEEDED -> RandomStream.VALIDATION.permutation(split.seed(), 0, size);
        };
        int training = size - split.size();
        return new TrainingSplit(Arrays.copyOf(samples, training), Arrays.copyOfRange(samples, training, size));
    }

    /** The training samples of an epoch, from 1, in their order. */
    int[] order(TrainingRecipe recipe, int epoch) {
        int[] order = RandomStream.ORDER.permutation(recipe.seed(), epoch, training.length);
        return Arrays.stream(order)
                .limit(recipe.epochSamples())
                .map(i -> training[i])
                .toArray();
    }
}
