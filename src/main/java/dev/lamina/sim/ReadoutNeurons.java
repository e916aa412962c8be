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

    /** Says what is decided after a time step of the batch. */
    void decide(int tick, Decisions decisions, int at) {
        int from = tick * layout.floats();
        int best = 0;
        double highest = history[from + places[0]];
        double second = Double.NEGATIVE_INFINITY;
        for (int neuron = 1; neuron < places.length; neuron++) {
            double potential = history[from + places[neuron]];
            if (potential > highest) {
                second = highest;
                highest = potential;
                best = neuron;
            } else {
                second = Math.max(second, potential);
            }
        }
        decisions.predictions()[at] = best;
        decisions.margins()[at] = places.length == 1 ? 0 : (float) (highest - second);
    }
}
