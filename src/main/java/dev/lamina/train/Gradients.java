package dev.lamina.train;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The gradient of a loss, summed over samples: with respect to the weights, and to thresholds and leak where they are
 * learned. Belongs to the pointer scope in which it was made, and to one thread.
 */
final class Gradients {

    private final ImmutableList<Tensor> weights;
    /** ∂L/∂v of each spiking layer. */
    final double[] thresholds;
    /** ∂L/∂λ. */
    double leak;

    /** Zeros for parameters like {@code weights}. */
    Gradients(ImmutableList<Tensor> weights) {
        this.weights = weights.collect(torch::zeros_like);
        thresholds = new double[weights.size() - 1];
    }

    /** Sets all to zero. */
    void clear() {
        weights.forEach(Tensor::zero_);
        Arrays.fill(thresholds, 0);
        leak = 0;
    }

    /** Adds {@code gradient} times {@code factor} to that of a projection's weights. */
    void add(int projection, Tensor gradient, float factor) {
        weights.get(projection).add_(gradient.to(torch.ScalarType.Float), new Scalar(factor));
    }

    /** ∂L/∂W of a projection. */
    Tensor weights(int projection) {
        return weights.get(projection);
    }
}
