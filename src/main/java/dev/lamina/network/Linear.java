package dev.lamina.network;

/**
 * A fully connected layer without bias.
 *
 * @param name the layer's name
 * @param outputs output neurons, at least 1
 */
public record Linear(String name, int outputs) implements WeightLayer {

    public Linear {
        if (outputs < 1) {
            throw new IllegalArgumentException("outputs must be at least 1: " + outputs);
        }
    }

    @Override
    public Shape output(Shape input) {
        return Shape.flat(outputs);
    }

    @Override
    public int[] weightDimensions(Shape input) {
        return new int[] {outputs, input.size()};
    }
}
