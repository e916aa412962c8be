package dev.lamina.train;

import dev.lamina.model.Population;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Conv;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.list.ImmutableList;

/*
 * Backpropagation through time, layer by layer from the readout to the first. No layer feeds back on an earlier one, so
 * δ of a layer at all time steps follows from δ of the next layer at all time steps: one convolution over (sample, time
 * step) gives what reaches the spikes, the recursion through time gives δ, and the gradient of the weights is a sum over
 * spikes or, where these are many, another convolution. Only one area of floats is needed, as large as the largest layer times T times the samples.
 *
 * The readout integrates, so its δ is the same at all time steps, and the sum of its input over time is all it takes.
 */
/**
 * The way back of some samples through a spiking network. Belongs to the pointer scope in which it was made, and to one
 * thread; it spreads its work over all cores.
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
final class BackwardPass {

    /**
     * The activity, spikes behind the pool an entry and time step, below which weight gradients are summed spike by spike.
     * Not a sharp bound: with VGG5 at T = 100 a step takes as long with 0, 0.02 and this (docs/results.md).
     */
    static final double EVENTS_BELOW = 0.1;

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private final ImmutableList<Projection> projections;
    private final ImmutableList<DropoutMask> dropout;
    private final int timesteps;
    private final Precision precision;
    private final double eventsBelow;
    private final RecordTensors tensors;
    /** By projection; the first one's source is the input, which is never listed. */
    private final ImmutableList<SourceSpikes> listed;

    private final Tensor area;

    /**
     * @param capacity the most samples at a time
     * @param eventsBelow the activity below which weight gradients are summed spike by spike, {@link #EVENTS_BELOW}
     */
    BackwardPass(
            Network network,
            ImmutableList<DropoutMask> dropout,
            int timesteps,
            int capacity,
            Precision precision,
            double eventsBelow) {
        this.eventsBelow = eventsBelow;
        this.dropout = dropout;
        this.timesteps = timesteps;
        this.precision = precision;
        projections = network.projections();
        tensors = new RecordTensors(network, timesteps, precision);
        listed = projections.collect(projection -> new SourceSpikes(projection, timesteps));
        area = torch.empty((long) capacity * timesteps * largest(projections));
    }

    /** The neurons of the largest spiking layer. */
    static int largest(ImmutableList<Projection> projections) {
        return projections
                .take(projections.size() - 1)
                .collectInt(projection -> projection.target().size())
                .maxIfEmpty(0);
    }

    /**
     * Adds the gradients of some samples.
     *
     * @param recursion the way back through time, of the forward pass's neuron model
     * @param populations its thresholds and start potentials
     * @param weights its weights, in the precision of the pass
     * @param records what it left, one a sample
     * @param readout ∂L/∂u[T] of the readout, one row a sample
     */
    void run(
            TimeRecursion recursion,
            ImmutableList<Population> populations,
            ImmutableList<Tensor> weights,
            List<SampleRecord> records,
            float[] readout,
            Gradients gradients) {
        int last = projections.size() - 1;
        try (NoGradGuard guard = new NoGradGuard()) {
            try (PointerScope scope = new PointerScope()) {
                Shape target = projections.get(last).target();
                Tensor delta =
                        Tensor.create(readout, records.size(), target.height(), target.width(), target.channels());
                Tensor wanted = precision.cast(channelsFirst(delta));
                multiply(last, wanted, tensors.sums(records, last - 1), gradients);
                if (last > 0) {
                    ask(last, wanted, weights.get(last));
                    spread(records.size(), projections.get(last).source());
                }
            }
            for (int i = last - 1; i >= 0; i--) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor delta = signal(
                            records.size() * timesteps, projections.get(i).target());
                    recur(i, recursion, populations.get(i), records, delta, gradients);
                    Tensor wanted = precision.cast(channelsFirst(delta));
                    if (!sum(i, delta, records, gradients)) {
                        multiply(i, wanted, tensors.spikes(records, i - 1), gradients);
                    }
                    if (i > 0) {
                        ask(i, wanted, weights.get(i));
                    }
                }
            }
        }
    }

    /** The first {@code rows} rows of the area as feature maps in the order of neuron indices. */
    private Tensor signal(int rows, Shape shape) {
        return area.narrow(0, 0, (long) rows * shape.size())
                .view(rows, shape.height(), shape.width(), shape.channels());
    }

    /** What the readout asks of a spike is the same at all time steps. */
    private void spread(int samples, Shape source) {
        Tensor once = signal(samples, source).view(samples, 1, source.size()).clone();
        area.narrow(0, 0, (long) samples * timesteps * source.size())
                .view(samples, timesteps, source.size())
                .copy_(once.expand(samples, timesteps, source.size()));
    }

    /** What reaches the spikes of a layer, which stands in {@code signal}, becomes what reaches its potentials. */
    private void recur(
            int layer,
            TimeRecursion recursion,
            Population population,
            List<SampleRecord> records,
            Tensor signal,
            Gradients gradients) {
        int size = timesteps * projections.get(layer).target().size();
        FloatBuffer values = RecordTensors.floats(signal);
        float factor = dropout.get(layer + 1).factor();
        List<TimeRecursion.Sums> sums = IntStream.range(0, records.size())
                .parallel()
                .mapToObj(i -> recursion.run(
                        values,
                        i * size,
                        records.get(i).spikes(layer),
                        records.get(i).potentials(layer),
                        population,
                        records.get(i).mask(layer + 1),
                        factor))
                .toList();
        for (TimeRecursion.Sums sum : sums) {
            gradients.thresholds[layer] += sum.threshold();
            gradients.leak += sum.leak();
        }
    }

    /**
     * Adds the gradient of a projection's weights spike by spike, unless there are so many that multiplying is faster.
     *
     * @param delta ∂L/∂u of the target
     * @return whether it did
     */
    private boolean sum(int projection, Tensor delta, List<SampleRecord> records, Gradients gradients) {
        if (projection == 0) {
            return false;
        }
        SourceSpikes spikes = listed.get(projection);
        double entries = (double) records.size()
                * timesteps
                * projections.get(projection).pooled().size();
        if (spikes.count(records, projection - 1) >= eventsBelow * entries) {
            return false;
        }
        spikes.list(records, projection - 1);
        gradients.events(projection).add(RecordTensors.floats(delta), records.size(), spikes);
        return true;
    }

    /**
     * Adds the gradient of a projection's weights by dense multiplication.
     *
     * @param wanted ∂L/∂u of the target, rows x channels x height x width, in the precision of the pass
     * @param spikes the source's spikes that were let through, before the pool, rows x height x width x channels
     */
    private void multiply(int projection, Tensor wanted, Tensor spikes, Gradients gradients) {
        Projection p = projections.get(projection);
        Tensor source = channelsFirst(spikes);
        Tensor maps = p.pool().map(pool -> ForwardPass.pooled(source, pool)).orElse(source);
        Tensor gradient;
        if (p.layer() instanceof Conv conv) {
            Tensor shape = precision.empty(
                    Arrays.stream(p.weightDimensions()).asLongStream().toArray());
            gradient = convolutionBackward(conv, wanted, maps, shape, false).get1();
        } else {
            gradient = wanted.flatten(1, -1).t().mm(maps.flatten(1, -1));
        }
        gradients.add(projection, gradient, dropout.get(projection).factor());
    }

    /** Leaves in the area what the target of a projection asks of the spikes of its source. */
    private void ask(int projection, Tensor wanted, Tensor weights) {
        Projection p = projections.get(projection);
        long rows = wanted.size(0);
        Tensor back;
        if (p.layer() instanceof Conv conv) {
            Tensor maps = channelsFirst(precision.empty(
                    rows, p.pooled().height(), p.pooled().width(), p.pooled().channels()));
            back = convolutionBackward(conv, wanted, maps, weights, true).get0();
        } else {
            back = ForwardPass.asMaps(wanted.flatten(1, -1).mm(weights), p.pooled());
        }
        Tensor to = signal((int) rows, p.source());
        p.pool().ifPresentOrElse(pool -> unpool(back, pool, p, to), () -> to.copy_(channelsLast(back)));
    }

    /** The gradient with respect to the input or, if {@code back} is false, the weights. */
    private static T_TensorTensorTensor_T convolutionBackward(
            Conv conv, Tensor wanted, Tensor maps, Tensor weights, boolean back) {
        BoolPointer which = new BoolPointer(3);
        which.put(0, back).put(1, !back).put(2, false);
        return torch.convolution_backward(
                wanted,
                maps,
                weights,
                new LongArrayRefOptional(),
                new long[] {conv.stride(), conv.stride()},
                new long[] {conv.padding(), conv.padding()},
                ONE,
                false,
                NONE,
                1,
                which);
    }

    /** Hands what is asked of a pool's output on to its input, in the order of neuron indices. */
    private void unpool(Tensor asked, AveragePool pool, Projection p, Tensor to) {
        Shape source = p.source();
        Shape pooled = p.pooled();
        int k = pool.kernel();
        long rows = to.size(0);
        if (k == pool.stride() && pooled.height() * k == source.height() && pooled.width() * k == source.width()) {
            // Every window has inputs of its own, and every input is in one.
            Tensor scaled = channelsLast(asked).mul(new Scalar(pool.scale()));
            long[] windows = {rows, pooled.height(), k, pooled.width(), k, pooled.channels()};
            to.view(windows)
                    .copy_(scaled.view(rows, pooled.height(), 1, pooled.width(), 1, pooled.channels())
                            .expand(windows));
            return;
        }
        Tensor input = channelsFirst(precision.empty(rows, source.height(), source.width(), source.channels()));
        to.copy_(channelsLast(torch.avg_pool2d_backward(
                asked,
                input,
                new long[] {k, k},
                new long[] {pool.stride(), pool.stride()},
                NONE,
                false,
                true,
                new LongOptional())));
    }

    private static Tensor channelsLast(Tensor maps) {
        return maps.permute(0, 2, 3, 1);
    }

    private static Tensor channelsFirst(Tensor maps) {
        return maps.permute(0, 3, 1, 2);
    }
}
