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
    private final int[] tileOffsets;
    /** By neuron: where it lies. */
    private final int[] offsets;

    private final float[] potentials;
    /** By time step of a batch, all potentials after it. */
    private float[] history = new float[0];

    ReadoutNeurons(NeuronLayout layout, Population population, Kernel kernel) {
        this.layout = layout;
        this.kernel = kernel;
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.spread(population.initialPotential());
        tileOffsets = layout.tileOffsets();
        offsets = new int[layout.neurons()];
        Arrays.setAll(offsets, layout::offset);
        potentials = new float[layout.floats()];
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(potentials, 0);
        if (start != null) {
            System.arraycopy(start, 0, potentials, 0, potentials.length);
        }
    }

    @Override
    public void begin(int firstTick, int ticks) {
        int needed = Math.multiplyExact(ticks, potentials.length);
        if (history.length < needed) {
            history = new float[needed];
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
            kernel.addRow(bias, tileOffsets[block], potentials, layout.blockOffset(block), layout.blockLength());
        }
    }

    @Override
    public float[] potentials() {
        return potentials;
    }

    @Override
    public void fire(int block, int tick) {
        int offset = layout.blockOffset(block);
        System.arraycopy(potentials, offset, history, tick * potentials.length + offset, layout.blockLength());
    }

    @Override
    public void step(int block, int tick, float[] weights, RowList rows) {
        prepare(block, tick);
        kernel.addRows(weights, rows, potentials, layout.blockOffset(block), layout.blockLength());
        fire(block, tick);
    }

    /** The potential of a neuron. */
    float potential(int neuron) {
        return potentials[offsets[neuron]];
    }

    /** The neuron with the highest potential after a time step of the batch; the lowest index among equals. */
    int argmax(int tick) {
        int from = tick * potentials.length;
        int best = 0;
        for (int neuron = 1; neuron < offsets.length; neuron++) {
            if (history[from + offsets[neuron]] > history[from + offsets[best]]) {
                best = neuron;
            }
        }
        return best;
    }
}
