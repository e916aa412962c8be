package dev.lamina.sim;

import dev.lamina.model.Population;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The readout: neurons that only integrate. */
final class ReadoutNeurons implements Neurons {

    private final NeuronLayout layout;
    private final Kernel kernel;
    private final float @Nullable [] bias;
    private final float @Nullable [] start;
    private final float[] potentials;
    private final long[] restless;

    ReadoutNeurons(NeuronLayout layout, Population population, Kernel kernel) {
        this.layout = layout;
        this.kernel = kernel;
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.tile(population.initialPotential(), 0);
        potentials = new float[layout.floats()];
        restless = new long[(layout.blocks() + 63) >>> 6];
        if (bias != null) {
            for (int block = 0; block < layout.blocks(); block++) {
                restless[block >>> 6] |= 1L << block;
            }
        }
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(potentials, 0);
        if (start != null) {
            for (int i = 0; i < potentials.length; i++) {
                potentials[i] = start[i % layout.stride()];
            }
        }
    }

    @Override
    public void beginTick(int tick, SpikeBatch spikes) {
        // Nothing depends on the time step, and nothing spikes.
    }

    @Override
    public long[] restless() {
        return restless;
    }

    @Override
    public void prepare(int block) {
        if (bias != null) {
            kernel.addRow(bias, 0, potentials, block * layout.stride(), layout.stride());
        }
    }

    @Override
    public float[] potentials() {
        return potentials;
    }

    @Override
    public void fire(int block) {
        // The readout only integrates.
    }

    /** The potential of a neuron. */
    float potential(int neuron) {
        int block = neuron / layout.neurons();
        return potentials[block * layout.stride() + neuron - block * layout.neurons()];
    }

    /** The neuron with the highest potential; the lowest index among equals. */
    int argmax() {
        int size = layout.blocks() * layout.neurons();
        int best = 0;
        for (int neuron = 1; neuron < size; neuron++) {
            if (potential(neuron) > potential(best)) {
                best = neuron;
            }
        }
        return best;
    }
}
