package dev.lamina.sim;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/**
 * A spiking model laid out for simulation, once, for any number of simulators and threads. Immutable.
 *
 * @param model the model
 * @param synapses the synapses of its projections, in order
 */
public record NetworkSynapses(SpikingModel model, ImmutableList<Synapses> synapses) {

    /** Lays out a model. */
    public static NetworkSynapses of(SpikingModel model, Kernel kernel) {
        MutableList<Synapses> synapses = Lists.mutable.empty();
        for (Projection projection : model.network().projections()) {
            synapses.add(Synapses.of(projection, model.weights().tensor(synapses.size()), kernel));
        }
        return new NetworkSynapses(model, synapses.toImmutable());
    }

    /** The number of spiking layers: all but the readout. */
    public int spikingLayers() {
        return synapses.size() - 1;
    }

    /** A simulator of spiking layer {@code index}, at rest. */
    public LayerSimulator layer(int index) {
        return new LayerSimulator(synapses.get(index), model.populations().get(index), model.neuron());
    }

    /** A simulator of the readout, at rest. */
    public ReadoutSimulator readout() {
        return new ReadoutSimulator(synapses.getLast(), model.populations().getLast());
    }

    /** A simulator of the input. */
    public InputSimulator input() {
        return new InputSimulator(model.encoder(), model.network().input().size());
    }
}
