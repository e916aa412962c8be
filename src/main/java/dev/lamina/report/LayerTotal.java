package dev.lamina.report;

import dev.lamina.sim.LayerCounts;

/**
 * What happened in one layer over all samples of a simulation.
 *
 * @param name the layer's name
 * @param neurons its neurons
 * @param counts the sums
 * @param neuronTimesteps neurons times time steps times samples: how often a neuron could have fired
 */
public record LayerTotal(String name, int neurons, LayerCounts counts, long neuronTimesteps) {

    /** The firing rate: spikes a neuron and time step. */
    public double rate() {
        return neuronTimesteps == 0 ? 0 : (double) counts.spikes() / neuronTimesteps;
    }
}
