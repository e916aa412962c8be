package dev.lamina.train;

import dev.lamina.io.Settings;
import java.util.Optional;

/**
 * How a spiking network is trained by surrogate gradients.
 *
 * @param training what any training needs
 * @param timesteps T, at least 1
 * @param surrogate what stands in for the derivative of a spike
 * @param logits what of the readout the loss is taken of
 * @param learnsThresholds whether each layer's threshold follows its gradient too
 * @param learnsLeak whether the leak does
 * @param neuronLearningRate the learning rate of both, above 0, under the same schedule as the weights': a step of Adam
 *     moves a threshold by this part of itself, and the leak by this much
 */
public record FineTuningRecipe(
        TrainingRecipe training,
        int timesteps,
        Surrogate surrogate,
        Logits logits,
        boolean learnsThresholds,
        boolean learnsLeak,
        double neuronLearningRate) {

    /** What the cross entropy takes for logits. */
    public enum Logits {
        /** The readout's potentials after T time steps, as in the paper's equation 7. */
        SUM,
        /** The same over T, so that the loss does not sharpen with the number of time steps. */
        MEAN
    }

    /**
     * Reads a section {@code fine-tuning}: {@code timesteps}; with defaults {@code surrogate { … }}, {@code logits},
     * {@code learn-thresholds}, {@code learn-leak} and, with one of these, {@code neuron-learning-rate} (the weights'); and the keys of {@link TrainingRecipe#parse}.
     *
     * @throws dev.lamina.io.InputException if a key is missing, unknown, mistyped or out of range
     */
    public static FineTuningRecipe parse(Settings section) {
        int timesteps = section.integer("timesteps", 1, 1 << 16);
        Surrogate surrogate =
                section.optionalSection("surrogate").map(Surrogate::parse).orElse(Surrogate.DEFAULT);
        Logits logits = section.choice("logits", Logits.class, Logits.SUM);
        boolean thresholds = section.flag("learn-thresholds", false);
        boolean leak = section.flag("learn-leak", false);
        Optional<Double> rate = section.has("neuron-learning-rate")
                ? Optional.of(section.real("neuron-learning-rate", 1e-9, 100))
                : Optional.empty();
        if (rate.isPresent() && !thresholds && !leak) {
            throw section.wrong(
                    "neuron-learning-rate",
                    "a learning rate for neurons that do not learn",
                    "give learn-thresholds or learn-leak too, or leave it out");
        }
        TrainingRecipe training = TrainingRecipe.parse(section);
        return new FineTuningRecipe(
                training,
                timesteps,
                surrogate,
                logits,
                thresholds,
                leak,
                rate.orElse(training.descent().learningRate()));
    }

    /** What the readout's potentials are multiplied by before the softmax. */
    double logitScale() {
        return logits == Logits.MEAN ? 1.0 / timesteps : 1;
    }

    /** The same with another number format on the way back. */
    FineTuningRecipe withPrecision(Precision other) {
        return new FineTuningRecipe(
                training.withPrecision(other),
                timesteps,
                surrogate,
                logits,
                learnsThresholds,
                learnsLeak,
                neuronLearningRate);
    }

    /** A line for a model's history: how far the training went and how. */
    String history(int completed, int bestEpoch, double bestAccuracy) {
        return "fine-tuned by surrogate gradients over " + timesteps + " time steps (" + surrogate + "): "
                + training.history(completed, bestEpoch, bestAccuracy);
    }
}
