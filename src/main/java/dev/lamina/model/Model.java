package dev.lamina.model;

import dev.lamina.data.Preprocessing;
import dev.lamina.network.Network;

/** A trained network. Immutable and thread-safe. */
public sealed interface Model permits AnnModel, SpikingModel {

    /** The layers. */
    Network network();

    /** The weights of the network's projections. */
    Weights weights();

    /** How samples become the network's input. */
    Preprocessing preprocessing();

    /** Where the weights come from. */
    Provenance provenance();
}
