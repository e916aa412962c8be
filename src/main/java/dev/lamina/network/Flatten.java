package dev.lamina.network;

/**
 * Marks where feature maps become a flat vector, channel-first as in PyTorch. It moves nothing in the simulator, where
 * a linear layer is a convolution whose kernel covers the whole map.
 *
 * @param name the layer's name
 */
public record Flatten(String name) implements Layer {

    @Override
    public Shape output(Shape input) {
        return Shape.flat(input.size());
    }
}
