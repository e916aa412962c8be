package dev.lamina.train;

import dev.lamina.model.Population;
import dev.lamina.network.Conv;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A population of neurons with the projection that ends on it, for a batch of samples, as tensors of
 * batch x channels x height x width. Belongs to the pointer scope in which it was made, and to one thread.
 */
final class DensePopulation {

    private final Projection projection;
    private final NeuronModel neuron;
    private final Tensor weights;
    private final Optional<Tensor> bias;
    private final Optional<Threshold> threshold;
    private final Tensor u;
    /** o[t − 1] before a step, o[t] behind it; zeros and ones. */
    private Tensor spikes;
    /** o[t − 1] behind a step: what next-step propagation hands on. */
    private Tensor previous;

    /** v, one value for all or one a channel; the former is the faster. */
    private record Threshold(Optional<Scalar> common, Tensor values) {}

    DensePopulation(Projection projection, Population population, NeuronModel neuron, Tensor weights, int batch) {
        this.projection = projection;
        this.neuron = neuron;
        this.weights = weights;
        long[] dimensions = {
            batch,
            projection.target().channels(),
            projection.target().height(),
            projection.target().width()
        };
        bias = Optional.ofNullable(population.bias()).map(DensePopulation::perChannel);
        threshold = Optional.ofNullable(population.thresholds()).map(DensePopulation::threshold);
        u = torch.zeros(dimensions);
        float @Nullable [] start = population.initialPotential();
        if (start != null) {
            u.add_(perChannel(start));
        }
        spikes = threshold.isPresent() ? torch.zeros(dimensions) : u;
        previous = neuron.propagation() == Propagation.NEXT_STEP && threshold.isPresent()
                ? torch.zeros(dimensions)
                : spikes;
    }

    /**
     * One time step of a spiking population.
     *
     * @param input the spikes of the source
     * @return the spikes that are handed on, valid until the next step
     */
    Tensor fire(Tensor input) {
        Threshold v = threshold.orElseThrow();
        if (neuron.leak() != 1) {
            u.mul_(new Scalar(neuron.leak()));
        }
        if (neuron.reset() == Reset.SOFT) {
            v.common.ifPresentOrElse(
                    common -> u.sub_(spikes, common), () -> u.addcmul_(spikes, v.values, new Scalar(-1f)));
        }
        receive(input);
        Tensor last = spikes;
        spikes = previous;
        previous = last;
        v.common.ifPresentOrElse(common -> torch.gt_out(spikes, u, common), () -> torch.gt_out(spikes, u, v.values));
        if (neuron.reset() == Reset.HARD) {
            u.masked_fill_(spikes.to(torch.ScalarType.Bool), new Scalar(0f));
        }
        return neuron.propagation() == Propagation.NEXT_STEP ? previous : spikes;
    }

    /**
     * One time step of the readout, which only integrates.
     *
     * @param input the spikes of the source
     * @return the potentials, valid until the next step
     */
    Tensor integrate(Tensor input) {
        receive(input);
        return u;
    }

    private void receive(Tensor input) {
        Tensor maps =
                projection.pool().map(pool -> ForwardPass.pooled(input, pool)).orElse(input);
        if (projection.layer() instanceof Conv conv) {
            u.add_(ForwardPass.convolution(maps, weights, conv));
        } else {
            u.flatten(1, -1).addmm_(maps.flatten(1, -1), weights.t());
        }
        bias.ifPresent(u::add_);
    }

    private static Threshold threshold(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return new Threshold(Optional.empty(), perChannel(values));
            }
        }
        return new Threshold(Optional.of(new Scalar(values[0])), perChannel(values));
    }

    private static Tensor perChannel(float[] values) {
        return Tensor.create(values, 1, values.length, 1, 1);
    }
}
