package dev.lamina.train;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.Conv;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One sample through a spiking network, straight from the equations, for the tensor library to differentiate: a spike is
 * o + σ'·(u − v) less the value of that product, so its value is o and its derivative σ'. The reset takes the value only.
 */
final class AutogradSimulation {

    final List<Tensor> weights = new ArrayList<>();
    final List<Tensor> thresholds = new ArrayList<>();
    final Tensor leak;
    /** By layer and time step. */
    final List<List<Tensor>> fired = new ArrayList<>();

    final Tensor readout;

    AutogradSimulation(
            SpikingModel model, Surrogate surrogate, SampleRecord record, List<DropoutMask> dropout, int timesteps) {
        Network network = model.network();
        int layers = network.projections().size();
        leak = trainable(Tensor.create(new float[] {model.neuron().leak()}));
        List<Tensor> u = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            Projection p = network.projections().get(l);
            long[] dimensions =
                    Arrays.stream(p.weightDimensions()).asLongStream().toArray();
            weights.add(trainable(Tensor.create(model.weights().tensor(l), dimensions)));
            Shape target = p.target();
            u.add(torch.zeros(1, target.channels(), target.height(), target.width()));
            if (l < layers - 1) {
                float[] thresholdOf = model.populations().get(l).thresholds();
                thresholds.add(trainable(Tensor.create(new float[] {thresholdOf[0]})));
                fired.add(new ArrayList<>());
            }
        }
        List<Tensor> smooth = new ArrayList<>();
        for (int l = 0; l < layers - 1; l++) {
            smooth.add(torch.zeros_like(u.get(l)));
        }
        int[][] last = new int[layers][];
        for (int t = 0; t < timesteps; t++) {
            Tensor input = input(network.input(), record, t);
            for (int l = 0; l < layers; l++) {
                Projection p = network.projections().get(l);
                Tensor masked = l == 0 ? input : input.mul(mask(record.mask(l), dropout.get(l), p.source()));
                Tensor maps =
                        p.pool().map(pool -> ForwardPass.pooled(masked, pool)).orElse(masked);
                Tensor current = p.layer() instanceof Conv conv
                        ? ForwardPass.convolution(maps, weights.get(l), conv)
                        : torch.linear(maps.flatten(1, -1), weights.get(l)).view_as(u.get(l));
                if (l == layers - 1) {
                    u.set(l, u.get(l).add(current));
                    continue;
                }
                Tensor v = thresholds.get(l);
                Tensor before =
                        t == 0 ? torch.zeros_like(u.get(l)) : fired.get(l).get(t - 1);
                Tensor kept = model.neuron().reset() == Reset.SOFT
                        ? u.get(l).mul(leak).sub(before.mul(v))
                        : u.get(l).mul(leak).mul(before.neg().add(new Scalar(1f)));
                Tensor potential = kept.add(current);
                Tensor o = potential.gt(v).to(torch.ScalarType.Float).detach();
                last[l] = last[l] == null ? silent((int) o.numel()) : last[l];
                Tensor slope = slope(surrogate, potential.detach().div(v.detach()), last[l], t);
                Tensor product = slope.mul(potential.sub(v));
                Tensor spike = o.add(product.sub(product.detach()));
                input = model.neuron().propagation() == Propagation.SAME_STEP ? spike : smooth.get(l);
                smooth.set(l, spike);
                fired.get(l).add(o);
                note(o, last[l], t);
                u.set(l, potential);
            }
        }
        readout = u.get(layers - 1).flatten(1, -1);
    }

    private static int[] silent(int size) {
        int[] last = new int[size];
        Arrays.fill(last, -1);
        return last;
    }

    private static void note(Tensor o, int[] last, int tick) {
        float[] values = new float[last.length];
        o.contiguous().data_ptr_float().get(values);
        for (int i = 0; i < last.length; i++) {
            last[i] = values[i] == 1 ? tick : last[i];
        }
    }

    /** The formulas once more, without a table. */
    private static Tensor slope(Surrogate surrogate, Tensor ratio, int[] last, int tick) {
        float[] values = new float[last.length];
        if (surrogate instanceof Surrogate.Linear linear) {
            ratio.contiguous().data_ptr_float().get(values);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (linear.gamma() * Math.max(0, 1 - Math.abs(values[i] - 1)));
            }
        } else if (surrogate instanceof Surrogate.SpikeTiming timing) {
            for (int i = 0; i < values.length; i++) {
                boolean silent = last[i] < 0;
                values[i] = silent && timing.silence() == Surrogate.Silence.NOTHING
                        ? 0
                        : (float) (timing.alpha() * Math.exp(-timing.beta() * (tick - last[i])));
            }
        }
        return Tensor.create(values).view_as(ratio);
    }

    private static Tensor input(Shape shape, SampleRecord record, int tick) {
        float[] values = new float[shape.size()];
        record.forEachInput((t, neuron, payload) -> {
            if (t == tick) {
                values[neuron] = payload;
            }
        });
        return Tensor.create(values, 1, shape.height(), shape.width(), shape.channels())
                .permute(0, 3, 1, 2);
    }

    private static Tensor mask(long[] bits, DropoutMask dropout, Shape shape) {
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            boolean passes = bits.length == 0 || (bits[i >>> 6] >>> i & 1) != 0;
            values[i] = passes ? dropout.factor() : 0;
        }
        return Tensor.create(values, 1, shape.height(), shape.width(), shape.channels())
                .permute(0, 3, 1, 2);
    }

    private static Tensor trainable(Tensor tensor) {
        return tensor.set_requires_grad(true);
    }

    /** Differentiates the readout, each class weighted. */
    void backward(float[] readoutGradient) {
        readout.mul(Tensor.create(readoutGradient).view_as(readout)).sum().backward();
    }

    static float[] gradient(Tensor parameter) {
        float[] values = new float[(int) parameter.numel()];
        Tensor gradient = parameter.grad();
        if (gradient.defined()) {
            gradient.contiguous().data_ptr_float().get(values);
        }
        return values;
    }
}
