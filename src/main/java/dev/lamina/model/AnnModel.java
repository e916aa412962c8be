package dev.lamina.model;

import dev.lamina.data.Preprocessing;
import dev.lamina.network.Network;
import java.util.Optional;

/**
 * A trained ordinary network (ANN) with ReLU neurons: what conversion starts from.
 *
 * @param network the layers
 * @param weights the weights
 * @param preprocessing how samples become input
 * @param provenance where the weights come from
 */
public record AnnModel(Network network, Weights weights, Preprocessing preprocessing, Provenance provenance)
        implements Model {

    /** The ordinary network with the weights of {@code model}; of a spiking model it leaves the thresholds behind. */
    public static AnnModel of(Model model) {
        if (model instanceof AnnModel ann) {
            return ann;
        }
        Provenance from = model.provenance();
        return new AnnModel(
                model.network(), model.weights(), model.preprocessing(), from.withConversion(Optional.empty()));
    }
}
