package dev.lamina.train;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.Conv;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.network.Shape;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/*
 * A spike is o + σ'·(u − v) less the value of that product: its value is o and its derivative σ'; v matters only where it
 * is learned. Nothing is computed that the network at hand does not need: this is what others are measured against. The reset takes the
 * value only. All that automatic differentiation keeps is σ' and the spikes, before and behind pool and dropout.
 */
/**
 * A batch of samples through a spiking network, straight from the equations, for the tensor library to differentiate over
 * all time steps: the plain way, which the {@link BackwardPass} is held to and measured against. Belongs to the pointer
 * scope in which it was made, and to one thread.
 */
@SuppressWarnings("try") // A scope acts by being open.
final class AutogradPass {

    /** A gap that no spike has ended. */
    private static final float NEVER = 1e30f;

    /** Told of each spiking layer's spikes as they are fired. */
    interface Watcher {
        void fired(int layer, int tick, Tensor spikes);
    }

    private final SpikingModel model;
    private final Surrogate surrogate;
    private final ImmutableList<DropoutMask> dropout;
    private final int timesteps;
    /** W, by projection. */
    final ImmutableList<Tensor> weights;
    /** v, by spiking layer. */
    final ImmutableList<Tensor> thresholds;
    /** λ. */
    final Tensor leak;

    private final boolean learnsNeurons;

    /**
     * @param model a network whose layers have one threshold each, no bias and no start potential
     * @param learnsNeurons whether thresholds and leak have gradients too
     */
    AutogradPass(
            SpikingModel model,
            Surrogate surrogate,
            ImmutableList<DropoutMask> dropout,
            int timesteps,
            boolean learnsNeurons) {
        this.model = model;
        this.surrogate = surrogate;
        this.dropout = dropout;
        this.timesteps = timesteps;
        this.learnsNeurons = learnsNeurons;
        weights = WeightTensors.of(model.network(), model.weights()).all();
        weights.forEach(tensor -> tensor.set_requires_grad(true));
        thresholds = model.populations()
                .take(weights.size() - 1)
                .collect(population -> scalar(Objects.requireNonNull(population.thresholds())[0]));
        leak = scalar(model.neuron().leak());
    }

    private Tensor scalar(float value) {
        return Tensor.create(new float[] {value}).set_requires_grad(learnsNeurons);
    }

    /**
     * Runs a batch.
     *
     * @param records what came in: the events of the input and the dropout masks
     * @return the readout's potentials after the last time step, one row a sample
     */
    Tensor run(List<SampleRecord> records, Watcher watcher) {
        Network network = model.network();
        int samples = records.size();
        Shape in = network.input();
        Tensor inputs = new RecordTensors(network, timesteps, Precision.FLOAT32)
                .spikes(records, -1)
                .view(samples, timesteps, in.height(), in.width(), in.channels())
                .permute(1, 0, 4, 2, 3);
        ImmutableList<Tensor> masks =
                network.projections().collectWithIndex((projection, i) -> mask(records, i, projection.source()));
        MutableList<Neurons> layers = Lists.mutable.empty();
        for (int l = 0; l < weights.size() - 1; l++) {
            layers.add(new Neurons(l, samples));
        }
        int last = weights.size() - 1;
        Shape out = network.projections().get(last).target();
        Tensor readout = torch.zeros(samples, out.channels(), out.height(), out.width());
        PointerScope whole = PointerScope.getInnerScope();
        for (int t = 0; t < timesteps; t++) {
            // What the next time step needs moves to the outer scope; the rest stays alive where it is differentiated.
            try (PointerScope step = new PointerScope()) {
                Tensor spikes = inputs.get(t);
                for (int l = 0; l < last; l++) {
                    spikes = layers.get(l).step(t, current(l, spikes, masks.get(l)), watcher, whole);
                }
                readout = kept(whole, readout, readout.add(current(last, spikes, masks.get(last))));
            }
        }
        return readout.flatten(1, -1);
    }

    /** Sets the gradients of the weights to those of the mean cross entropy of {@code scale} times the readout. */
    void differentiate(List<SampleRecord> records, Tensor labels, double scale, double smoothing) {
        try (PointerScope scope = new PointerScope()) {
            for (Tensor parameter : weights) {
                if (parameter.grad().defined()) {
                    parameter.mutable_grad().zero_();
                }
            }
            Tensor readout = run(records, (layer, tick, spikes) -> {});
            AnnTrainer.loss(readout.mul(new Scalar((float) scale)), labels, smoothing)
                    .backward();
        }
    }

    private static Tensor kept(PointerScope scope, Tensor old, Tensor fresh) {
        scope.attach(fresh);
        scope.detach(old);
        return fresh;
    }

    /** What the spikes of a time step bring to the target of a projection. */
    private Tensor current(int projection, Tensor spikes, Tensor mask) {
        Projection p = model.network().projections().get(projection);
        Tensor passed = dropout.get(projection).passesAll() ? spikes : spikes.mul(mask);
        Tensor maps = p.pool().map(pool -> ForwardPass.pooled(passed, pool)).orElse(passed);
        if (p.layer() instanceof Conv conv) {
            return ForwardPass.convolution(maps, weights.get(projection), conv);
        }
        return ForwardPass.asMaps(torch.linear(maps.flatten(1, -1), weights.get(projection)), p.target());
    }

    private Tensor mask(List<SampleRecord> records, int projection, Shape source) {
        float factor = dropout.get(projection).factor();
        float[] values = new float[dropout.get(projection).passesAll() ? 0 : records.size() * source.size()];
        for (int i = 0; i < values.length; i++) {
            long[] bits = records.get(i / source.size()).mask(projection);
            int neuron = i % source.size();
            values[i] = (bits[neuron >>> 6] >>> neuron & 1) != 0 ? factor : 0;
        }
        return values.length == 0
                ? torch.empty(0)
                : Tensor.create(values, records.size(), source.height(), source.width(), source.channels())
                        .permute(0, 3, 1, 2)
                        .contiguous();
    }

    /** A spiking layer under way. */
    private final class Neurons {

        private final int layer;
        private final Tensor v;
        private Tensor u;
        /** o[t − 1], its value only. */
        private Tensor before;
        /** o[t − 1] as it is handed on. */
        private Tensor spikes;
        /** Δt, where the surrogate asks for it. */
        private Tensor gap;

        Neurons(int layer, int samples) {
            this.layer = layer;
            v = thresholds.get(layer);
            Shape shape = model.network().projections().get(layer).target();
            u = torch.zeros(samples, shape.channels(), shape.height(), shape.width());
            before = torch.zeros_like(u);
            spikes = torch.zeros_like(u);
            boolean fromStart =
                    surrogate instanceof Surrogate.SpikeTiming timing && timing.silence() == Surrogate.Silence.START;
            gap = torch.full_like(u, new Scalar(fromStart ? 1 : NEVER));
        }

        /** One time step; gives what is handed on. */
        Tensor step(int tick, Tensor current, Watcher watcher, PointerScope scope) {
            Tensor decayed = learnsNeurons || model.neuron().leak() != 1 ? u.mul(leak) : u;
            Tensor left = model.neuron().reset() == Reset.SOFT
                    ? decayed.sub(before.mul(v))
                    : decayed.mul(before.neg().add(new Scalar(1f)));
            u = kept(scope, u, left.add(current));
            Tensor o = u.detach().gt(v.detach()).to(torch.ScalarType.Float);
            Tensor product = slope().mul(learnsNeurons ? u.sub(v) : u);
            Tensor spike = product.add(o.sub(product.detach()));
            watcher.fired(layer, tick, o);
            if (surrogate instanceof Surrogate.SpikeTiming) {
                gap = kept(scope, gap, gap.mul(o.neg().add(new Scalar(1f))).add(new Scalar(1f)));
            }
            before = kept(scope, before, o);
            if (model.neuron().propagation() == Propagation.SAME_STEP) {
                return spike;
            }
            // A handle of its own: the one that is kept goes with this time step.
            Tensor handedOn = new Tensor(spikes);
            spikes = kept(scope, spikes, spike);
            return handedOn;
        }

        /** σ', a value only. */
        private Tensor slope() {
            if (surrogate instanceof Surrogate.SpikeTiming timing) {
                return torch.exp(gap.mul(new Scalar((float) -timing.beta())))
                        .mul(new Scalar((float) timing.alpha()))
                        .mul(gap.le(new Scalar(timesteps)).to(torch.ScalarType.Float));
            }
            float gamma = (float) ((Surrogate.Linear) surrogate).gamma();
            Tensor distance = u.detach().div(v.detach()).sub(new Scalar(1f)).abs();
            return distance.neg_()
                    .add_(new Scalar(1f))
                    .clamp_min_(new Scalar(0f))
                    .mul_(new Scalar(gamma));
        }
    }
}
