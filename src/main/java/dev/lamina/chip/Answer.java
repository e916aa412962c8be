package dev.lamina.chip;

import dev.lamina.sim.Inference;

/**
 * What a chip says to a sample.
 *
 * @param inference the result
 * @param model the version of the model that gave it, from the first time step to the last
 */
public record Answer(Inference inference, ModelVersion model) {}
