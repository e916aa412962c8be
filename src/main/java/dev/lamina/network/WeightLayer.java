package dev.lamina.network;

/** A layer with weights: it ends in a population of neurons. */
public sealed interface WeightLayer extends Layer permits Conv, Linear {

    /** The dimensions of the weight tensor for {@code input}: OIHW for a convolution, OI for a linear layer. */
    int[] weightDimensions(Shape input);
}
