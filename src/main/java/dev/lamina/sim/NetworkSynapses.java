package dev.lamina.sim;

import dev.lamina.data.Encoder;
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

    /** Lays out a model in float32. */
    public static NetworkSynapses of(SpikingModel model, Kernel kernel) {
        return of(model, kernel, Arithmetic.FLOAT32);
    }

    /**
     * Lays out a model.
     *
     * @throws IllegalArgumentException if the arithmetic is {@link Arithmetic#FIXED16} and the encoder gives currents, which
     *     are no whole numbers
     */
    public static NetworkSynapses of(SpikingModel model, Kernel kernel, Arithmetic arithmetic) {
        return of(model, kernel, arithmetic, Sums.CHEAPEST);
    }

    static NetworkSynapses of(SpikingModel model, Kernel kernel, Arithmetic arithmetic, Sums sums) {
        if (arithmetic == Arithmetic.FIXED16 && model.encoder() == Encoder.DIRECT) {
            throw new IllegalArgumentException("fixed16 takes spikes, not the currents of the direct encoder");
        }
        MutableList<Synapses> synapses = Lists.mutable.empty();
        for (Projection projection : model.network().projections()) {
            int layer = synapses.size();
            float[] tensor = model.weights().tensor(layer);
            synapses.add(
                    switch (arithmetic) {
                        case FLOAT32 -> Synapses.of(projection, tensor, kernel, sums);
                        case FIXED16 ->
                            Synapses.fixed(
                                    projection, tensor, model.populations().get(layer), kernel.fixed(), sums);
                    });
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
