package dev.lamina.train;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.model.ValidationSplit;
import java.util.Locale;

/**
 * How an ordinary network is trained: everything, beside network, preprocessing and data, that decides the weights.
 *
 * @param dataset the name of the data set, such as {@code mnist}
 * @param epochs passes through the training samples, at least 1
 * @param batch samples a step, at least 1
 * @param descent the optimiser
 * @param schedule the way of the learning rate
 * @param augmentation how training images are varied
 * @param precision the number format of the layers
 * @param labelSmoothing ε: the wanted distribution of the cross entropy has 1 − ε at the class of a sample, and ε spread
 *     over all; 0 to below 1
 * @param validation the samples of the training set that are held back to choose the best epoch
 * @param epochSamples training samples of an epoch, at least 1, drawn anew for each; all if there are fewer
 * @param seed the seed of start weights, order, augmentation and dropout
 * @param label what complaints call the training
 */
public record TrainingRecipe(
        String dataset,
        int epochs,
        int batch,
        Descent descent,
        Schedule schedule,
        Augmentation augmentation,
        Precision precision,
        double labelSmoothing,
        ValidationSplit validation,
        int epochSamples,
        long seed,
        String label) {

    /**
     * Reads the section {@code training} of a model's configuration: {@code dataset}, {@code epochs}, {@code batch},
     * {@code optimiser { … }}, and, with defaults, {@code schedule { … }}, {@code augmentation},
     * {@code precision}, {@code label-smoothing}, {@code validation { size, draw, seed }}, {@code epoch-samples}, {@code seed} and {@code label}.
     *
     * @throws InputException if a key is missing, unknown, mistyped or out of range
     */
    public static TrainingRecipe parse(Settings section) {
        String dataset = section.text("dataset");
        ValidationSplit validation = validation(section.section("validation"));
        TrainingRecipe recipe = new TrainingRecipe(
                dataset,
                section.integer("epochs", 1, 100_000),
                section.integer("batch", 1, 1 << 16),
                Descent.parse(section.section("optimiser")),
                section.optionalSection("schedule").map(Schedule::parse).orElseGet(Schedule.Constant::new),
                section.choice("augmentation", Augmentation.class, Augmentation.NONE),
                section.choice("precision", Precision.class, Precision.FLOAT32),
                section.real("label-smoothing", 0, 0.999, 0),
                validation,
                section.integer("epoch-samples", 1, Integer.MAX_VALUE, Integer.MAX_VALUE),
                section.wholeNumber("seed", 1),
                section.text("label", dataset));
        section.done();
        return recipe;
    }

    /** The seed is its own: trainings with different seeds hold the same samples back, and can be compared and gone on from. */
    private static ValidationSplit validation(Settings section) {
        int size = section.integer("size", 1, 1 << 24);
        ValidationSplit.Draw draw = section.choice("draw", ValidationSplit.Draw.class, ValidationSplit.Draw.END);
        long seed = draw == ValidationSplit.Draw.SEEDED ? section.wholeNumber("seed", 1) : 0;
        section.done();
        return new ValidationSplit(size, draw, seed);
    }

    /** The same in another number format. */
    TrainingRecipe withPrecision(Precision other) {
        return new TrainingRecipe(
                dataset,
                epochs,
                batch,
                descent,
                schedule,
                augmentation,
                other,
                labelSmoothing,
                validation,
                epochSamples,
                seed,
                label);
    }

    /** A line for a model's history: how far the training went and how. */
    String history(int completed, int bestEpoch, double bestAccuracy) {
        String how = descent + ", " + schedule + ", batch " + batch + ", augmentation "
                + augmentation.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", "
                + precision.name().toLowerCase(Locale.ROOT)
                + (labelSmoothing > 0 ? ", label smoothing " + labelSmoothing : "");
        return String.format(
                Locale.ROOT,
                "trained %d of %d epochs with %s; epoch %d is the best by validation, %.2f %% of %d samples",
                completed,
                epochs,
                how,
                bestEpoch,
                100 * bestAccuracy,
                validation.size());
    }
}
