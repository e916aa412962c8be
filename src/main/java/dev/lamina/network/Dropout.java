package dev.lamina.network;

/**
 * Dropout: while training, each input is zeroed with {@code probability} and the rest scaled by
 * 1/(1 − probability). Inference passes its input through.
 *
 * @param name the layer's name
 * @param probability within [0, 1)
 */
public record Dropout(String name, double probability) implements Layer {

    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("probability must be within [0, 1): " + probability);
        }
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }
}
