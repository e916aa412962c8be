package dev.lamina.train;

import dev.lamina.model.AnnModel;

/**
 * What a training made.
 *
 * @param model the weights of the best epoch; the start weights if no epoch was completed
 * @param validationAccuracy the best epoch's accuracy on the validation samples, within [0, 1]; 0 if no epoch was
 *     completed
 * @param epochs completed epochs, those before a resumption included
 * @param end how it ended
 */
public record TrainingResult(AnnModel model, double validationAccuracy, int epochs, TrainingEnd end) {}
