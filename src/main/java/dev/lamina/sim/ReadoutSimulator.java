package dev.lamina.sim;

import dev.lamina.model.Population;

/** The readout in the course of a simulation: it integrates and says the class. For one thread at a time. */
public final class ReadoutSimulator {

    private final SynapticInput input;
    private final ReadoutNeurons neurons;
    private final int size;

    /** A readout at rest. */
    public ReadoutSimulator(Synapses synapses, Population population) {
        input = new SynapticInput(synapses);
        neurons = new ReadoutNeurons(synapses, population);
        size = synapses.projection().target().size();
    }

    /**
     * Simulates the time steps of a batch.
     *
     * @param in the input spikes
     * @param firstTick the batch's first time step; 0 begins a new sample
     * @param decisions receives, at the index of each time step, what is decided after it
     * @return what happened in the readout
     */
    public LayerCounts run(SpikeBatch in, int firstTick, Decisions decisions) {
        if (firstTick == 0) {
            neurons.reset();
        }
        long synops = input.run(in, firstTick, neurons);
        for (int tick = 0; tick < in.ticks(); tick++) {
            neurons.decide(tick, decisions, firstTick + tick);
        }
        return new LayerCounts(0, synops, (long) size * in.ticks());
    }

    /** The potentials after the last time step, one a class. */
    public float[] potentials() {
        float[] potentials = new float[size];
        for (int i = 0; i < size; i++) {
            potentials[i] = neurons.potential(i);
        }
        return potentials;
    }
}
