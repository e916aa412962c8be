package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import org.jspecify.annotations.Nullable;

/**
 * One spiking layer in the course of a simulation: the synapses it is fed by and the state of its neurons. It takes
 * batches of input spikes in the order of time and fills batches of output spikes. For one thread at a time.
 */
public final class LayerSimulator {

    private final SynapticInput input;
    private final LifNeurons neurons;
    private final int size;
    private final boolean delayed;
    /** With next-step propagation: one time step, the last one's spikes, not yet handed on. */
    private final SpikeBatch held = new SpikeBatch();

    /**
     * A layer at rest.
     *
     * @param synapses what feeds it
     * @param population the parameters of its neurons, with thresholds
     * @param model the neuron model
     */
    public LayerSimulator(Synapses synapses, Population population, NeuronModel model) {
        this(synapses, population, model, null);
    }

    /** A layer at rest whose membrane potentials {@code observer} sees, if there is one. */
    public LayerSimulator(
            Synapses synapses, Population population, NeuronModel model, @Nullable PotentialObserver observer) {
        input = new SynapticInput(synapses);
        neurons = new LifNeurons(synapses, population, model, observer);
        size = synapses.projection().target().size();
        delayed = model.propagation() == Propagation.NEXT_STEP;
    }

    /**
     * Simulates the time steps of a batch.
     *
     * @param in the input spikes
     * @param firstTick the batch's first time step; 0 begins a new sample
     * @param out is cleared and filled with the spikes handed on, time step by time step
     * @return what happened in the layer
     */
    public LayerCounts run(SpikeBatch in, int firstTick, SpikeBatch out) {
        if (firstTick == 0) {
            neurons.reset();
            held.clear();
            held.endTick();
        }
        long synops = input.run(in, firstTick, neurons);
        out.clear();
        for (int tick = 0; tick < in.ticks(); tick++) {
            if (delayed) {
                out.addAll(held, 0);
                held.clear();
                neurons.moveSpikes(tick, held);
                held.endTick();
            } else {
                neurons.moveSpikes(tick, out);
            }
            out.endTick();
        }
        return new LayerCounts(out.count(), synops, (long) size * in.ticks());
    }
}
