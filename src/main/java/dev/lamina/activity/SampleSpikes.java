package dev.lamina.activity;

import dev.lamina.sim.SpikeBatch;
import java.util.List;

/**
 * All spikes of one sample, from the first time step to the last. For reading only.
 *
 * @param sample the sample's index
 * @param timesteps T
 * @param populations the spikes of each population, the input first and then the spiking layers in order (the readout has
 *     none): a batch of T time steps each. Neuron indices are those of the simulator, {@code (y · width + x) · channels + channel}
 */
public record SampleSpikes(int sample, int timesteps, List<SpikeBatch> populations) {

    /** The spikes that a projection's synapses carry: those of the population before layer {@code layer}. */
    public SpikeBatch into(int layer) {
        return populations.get(layer);
    }

    /** The spikes of the input. */
    public SpikeBatch input() {
        return populations.get(0);
    }

    /** The spikes of spiking layer {@code layer}, from 0. */
    public SpikeBatch outOf(int layer) {
        return populations.get(layer + 1);
    }
}
