package dev.lamina.model;

import dev.lamina.data.Preprocessing;
import dev.lamina.network.Network;

/**
 * A trained ordinary network (ANN) with ReLU neurons: what conversion starts from.
 *
 * @param network the layers
 * @param weights the weights
 * @param preprocessing how samples become input
 * @param provenance where the weights come from
 */
public record AnnModel(Network network, Weights weights, Preprocessing preprocessing, Provenance provenance)
        implements Model {}
