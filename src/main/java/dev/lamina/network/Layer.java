package dev.lamina.network;

/**
 * One layer of a network, without its weights. The kinds are those that convert to spiking neurons: there is no bias,
 * no batch normalisation and no max pooling.
 */
public sealed interface Layer permits WeightLayer, AveragePool, Dropout, Flatten {

    /** The name, unique in its network; weight layers also name their tensors and counters by it. */
    String name();

    /**
     * The shape that the layer makes of {@code input}.
     *
     * @throws IllegalArgumentException if the layer does not fit {@code input}; the message says why
     */
    Shape output(Shape input);
}
