package dev.lamina.sim;

import dev.lamina.model.Population;
import java.util.Arrays;

/** The readout: neurons that only integrate. */
final class ReadoutNeurons implements Neurons {

    private final NeuronLayout layout;
    private final ReadoutMembranes membranes;
    /** By neuron: where it lies in a time step of the history. */
    private final int[] places;

    /** By time step of a batch, all potentials after it. */
    private double[] history = new double[0];

    ReadoutNeurons(Synapses synapses, Population population) {
        layout = synapses.layout();
        membranes = synapses.weights().readout(layout, population);
        places = new int[layout.neurons()];
        Arrays.setAll(places, layout::offset);
    }

    @Override
    public void reset() {
        membranes.reset();
    }

    @Override
    public void begin(int firstTick, int ticks) {
        int needed = Math.multiplyExact(ticks, layout.floats());
        if (history.length < needed) {
            history = new double[needed];
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
    public Membranes membranes() {
        return membranes;
    }

    @Override
    public void prepare(int block, int tick) {
        membranes.addBias(block);
    }

    @Override
    public void fire(int block, int tick) {
        membranes.copy(block, history, tick * layout.floats() + layout.blockOffset(block));
    }

    /** The potential of a neuron. */
    float potential(int neuron) {
        return (float) membranes.potential(neuron);
    }

    /** The neuron with the highest potential after a time step of the batch; the lowest index among equals. */
    int argmax(int tick) {
        int from = tick * layout.floats();
        int best = 0;
        for (int neuron = 1; neuron < places.length; neuron++) {
            if (history[from + places[neuron]] > history[from + places[best]]) {
                best = neuron;
            }
        }
        return best;
    }
}
