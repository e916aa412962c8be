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
    /** By time step of a batch, all potentials after it. */
    private float[] history = new float[0];

    ReadoutNeurons(NeuronLayout layout, Population population, Kernel kernel) {
        this.layout = layout;
        this.kernel = kernel;
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.tile(population.initialPotential(), 0);
        potentials = new float[layout.floats()];
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(potentials, 0);
        if (start != null) {
            for (int i = 0; i < potentials.length; i++) {
                potentials[i] = start[layout.slice(i / layout.stride()) * layout.stride() + i % layout.stride()];
            }
        }
    }

    @Override
    public void begin(int firstTick, int ticks) {
        if (ticks * potentials.length > history.length) {
            history = new float[Math.multiplyExact(ticks, potentials.length)];
        }
    }

    @Override
    public boolean restless() {
        return true;
    }

    /** The history has every block at every time step. */
    @Override
    public boolean restless(int block) {
        return true;
    }

    @Override
    public void prepare(int block, int tick) {
        if (bias != null) {
            kernel.addRow(
                    bias, layout.slice(block) * layout.stride(), potentials, block * layout.stride(), layout.stride());
        }
    }

    @Override
    public float[] potentials() {
        return potentials;
    }

    @Override
    public void fire(int block, int tick) {
        int offset = block * layout.stride();
        System.arraycopy(potentials, offset, history, tick * potentials.length + offset, layout.stride());
    }

    /** The potential of a neuron. */
    float potential(int neuron) {
        return potentials[layout.offset(neuron)];
    }

    /** The neuron with the highest potential after a time step of the batch; the lowest index among equals. */
    int argmax(int tick) {
        int from = tick * potentials.length;
        int best = 0;
        for (int neuron = 1; neuron < layout.places() * layout.width(); neuron++) {
            if (history[from + layout.offset(neuron)] > history[from + layout.offset(best)]) {
                best = neuron;
            }
        }
        return best;
    }
}
