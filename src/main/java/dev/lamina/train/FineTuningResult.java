package dev.lamina.train;

import dev.lamina.model.SpikingModel;

/**
 * What a fine-tuning made.
 *
 * @param model the best epoch's; as it was at the start if no epoch was completed
 * @param validationAccuracy the best epoch's accuracy on the validation samples, within [0, 1]; 0 if no epoch was
 *     completed
 * @param epochs completed epochs, those before a resumption included
 * @param end how it ended
 */
public record FineTuningResult(SpikingModel model, double validationAccuracy, int epochs, TrainingEnd end) {}
