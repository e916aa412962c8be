package dev.lamina.train;

import dev.lamina.network.Projection;
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
    private final ImmutableList<EventWeightGradient> events;
    /** What the dropout and the pool of each projection multiply a spike by. */
    private final float[] factors;
    /** ∂L/∂v of each spiking layer. */
    final double[] thresholds;
    /** ∂L/∂λ. */
    double leak;

    /** Zeros for parameters like {@code weights}. */
    Gradients(
            ImmutableList<Tensor> weights,
            ImmutableList<Projection> projections,
            ImmutableList<DropoutMask> dropout,
            int timesteps) {
        this.weights = weights.collect(torch::zeros_like);
        events = projections.collect(projection -> new EventWeightGradient(projection, timesteps));
        factors = new float[weights.size()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = dropout.get(i).factor() * projections.get(i).scale();
        }
        thresholds = new double[weights.size() - 1];
    }

    /** Sets all to zero. */
    void clear() {
        for (int i = 0; i < factors.length; i++) {
            weights(i).zero_();
        }
        Arrays.fill(thresholds, 0);
        leak = 0;
    }

    /** Adds {@code gradient} times {@code factor} to that of a projection's weights. */
    void add(int projection, Tensor gradient, float factor) {
        weights.get(projection).add_(gradient.to(torch.ScalarType.Float), new Scalar(factor));
    }

    /** Where what a projection's spikes contribute is summed event by event. */
    EventWeightGradient events(int projection) {
        return events.get(projection);
    }

    /** ∂L/∂W of a projection: all that was added since it was cleared. */
    Tensor weights(int projection) {
        events.get(projection).moveTo(weights.get(projection), factors[projection]);
        return weights.get(projection);
    }
}
