package dev.lamina.sim;

import dev.lamina.data.Encoder;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import java.util.Optional;
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
     * @throws IllegalArgumentException if there is an {@link #objection}
     */
    public static NetworkSynapses of(SpikingModel model, Kernel kernel, Arithmetic arithmetic) {
        return of(model, kernel, arithmetic, Sums.CHEAPEST);
    }

    static NetworkSynapses of(SpikingModel model, Kernel kernel, Arithmetic arithmetic, Sums sums) {
        objection(model, arithmetic).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
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

    /** Why {@link Arithmetic#FIXED16} can not compute a model, if that is the arithmetic; empty if it can. */
    public static Optional<String> objection(SpikingModel model, Arithmetic arithmetic) {
        if (arithmetic != Arithmetic.FIXED16) {
            return Optional.empty();
        }
        if (model.encoder() == Encoder.DIRECT) {
            return Optional.of("the direct encoder gives currents, and fixed16 adds whole numbers of spikes only");
        }
        return Optional.ofNullable(model.network().projections().detect(projection -> !FixedPoint.takes(projection)))
                .map(projection -> "layer '" + projection.name() + "' is behind a pool of "
                        + projection.pool().orElseThrow().kernel()
                        + ", whose spikes at one time step may be more than fixed16 can add");
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
