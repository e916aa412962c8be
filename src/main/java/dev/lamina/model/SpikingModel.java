package dev.lamina.model;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A spiking network, ready for the simulator.
 *
 * @param network the layers
 * @param weights the weights
 * @param neuron the neuron model of all spiking layers
 * @param populations one for each projection of the network: the neurons it ends on. The last is the readout.
 * @param encoder how input values become events
 * @param preprocessing how samples become input values
 * @param timesteps T, the time steps a sample that the model was made for, at least 1
 * @param provenance where weights and thresholds come from
 */
public record SpikingModel(
        Network network,
        Weights weights,
        NeuronModel neuron,
        ImmutableList<Population> populations,
        Encoder encoder,
        Preprocessing preprocessing,
        int timesteps,
        Provenance provenance)
        implements Model {

    public SpikingModel {
        if (timesteps < 1) {
            throw new IllegalArgumentException("a model is made for at least 1 time step, not " + timesteps);
        }
        if (populations.size() != network.projections().size()) {
            throw new IllegalArgumentException(populations.size() + " populations for "
                    + network.projections().size() + " weight layers");
        }
        for (int i = 0; i < populations.size(); i++) {
            Projection projection = network.projections().get(i);
            boolean readout = i == populations.size() - 1;
            populations.get(i).check(projection.name(), projection.target().channels(), readout);
        }
    }

    /** The same model with other neurons. */
    public SpikingModel withNeuron(NeuronModel other) {
        return new SpikingModel(network, weights, other, populations, encoder, preprocessing, timesteps, provenance);
    }

    /** The same model with another history. */
    public SpikingModel withProvenance(Provenance other) {
        return new SpikingModel(network, weights, neuron, populations, encoder, preprocessing, timesteps, other);
    }

    /** The same model with other weights. */
    public SpikingModel withWeights(Weights other) {
        return new SpikingModel(network, other, neuron, populations, encoder, preprocessing, timesteps, provenance);
    }

    /** The same model with other populations. */
    public SpikingModel withPopulations(ImmutableList<Population> other) {
        return new SpikingModel(network, weights, neuron, other, encoder, preprocessing, timesteps, provenance);
    }

    /** The same model, made for other time steps. */
    public SpikingModel withTimesteps(int other) {
        return new SpikingModel(network, weights, neuron, populations, encoder, preprocessing, other, provenance);
    }

    /** The same model with another encoder. */
    public SpikingModel withEncoder(Encoder other) {
        return new SpikingModel(network, weights, neuron, populations, other, preprocessing, timesteps, provenance);
    }
}
