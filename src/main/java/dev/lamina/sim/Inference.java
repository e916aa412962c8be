package dev.lamina.sim;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * The result of one sample.
 *
 * @param sample the sample's index
 * @param decisions what the readout said after each time step
 * @param inputEvents the events that the encoder sent
 * @param layers what happened in each layer, the readout last
 * @param potentials the readout's potentials after the last time step
 */
public record Inference(
        int sample, Decisions decisions, long inputEvents, ImmutableList<LayerCounts> layers, float[] potentials) {

    /** The predicted class after each time step. */
    public int[] predictions() {
        return decisions.predictions();
    }

    /** The predicted class after the last time step. */
    public int prediction() {
        return predictions()[predictions().length - 1];
    }
}
