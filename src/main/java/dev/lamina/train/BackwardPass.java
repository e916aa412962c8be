package dev.lamina.train;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Conv;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.list.ImmutableList;

/*
 * Backpropagation through time, layer by layer from the readout to the first. No layer feeds back on an earlier one, so
 * δ of a layer at all time steps follows from δ of the next layer at all time steps: one convolution over (sample, time
 * step) gives what reaches the spikes, the recursion through time gives δ, and another convolution the gradient of the
 * weights. Only one area of floats is needed, as large as the largest layer times T times the samples.
 *
 * The readout integrates, so its δ is the same at all time steps, and the sum of its input over time is all it takes.
 */
/**
 * The way back of some samples through a spiking network. Belongs to the pointer scope in which it was made, and to one
 * thread; it spreads its work over all cores.
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
final class BackwardPass {

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private final SpikingModel model;
    private final ImmutableList<Projection> projections;
    private final ImmutableList<DropoutMask> dropout;
    private final TimeRecursion recursion;
    private final int timesteps;
    private final Precision precision;
    private final RecordTensors tensors;
    private final Tensor area;

    /**
     * @param model the network; its weights are not looked at
     * @param capacity the most samples at a time
     */
    BackwardPass(
            SpikingModel model,
            ImmutableList<DropoutMask> dropout,
            TimeRecursion recursion,
            int timesteps,
            int capacity,
            Precision precision) {
        this.model = model;
        this.dropout = dropout;
        this.recursion = recursion;
        this.timesteps = timesteps;
        this.precision = precision;
        projections = model.network().projections();
        tensors = new RecordTensors(model.network(), timesteps, precision);
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
     * @param weights the weights in the precision of the pass
     * @param records what the forward pass left, one a sample
     * @param readout ∂L/∂u[T] of the readout, one row a sample
     */
    void run(ImmutableList<Tensor> weights, List<SampleRecord> records, float[] readout, Gradients gradients) {
        int last = projections.size() - 1;
        try (NoGradGuard guard = new NoGradGuard()) {
            try (PointerScope scope = new PointerScope()) {
                Shape target = projections.get(last).target();
                Tensor delta =
                        Tensor.create(readout, records.size(), target.height(), target.width(), target.channels());
                backward(last, delta, tensors.sums(records, last - 1), weights.get(last), gradients);
                if (last > 0) {
                    spread(records.size(), projections.get(last).source());
                }
            }
            for (int i = last - 1; i >= 0; i--) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor delta = signal(
                            records.size() * timesteps, projections.get(i).target());
                    recur(i, records, delta, gradients);
                    backward(i, delta, tensors.spikes(records, i - 1), weights.get(i), gradients);
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
    private void recur(int layer, List<SampleRecord> records, Tensor signal, Gradients gradients) {
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
                        model.populations().get(layer),
                        records.get(i).mask(layer + 1),
                        factor))
                .toList();
        for (TimeRecursion.Sums sum : sums) {
            gradients.thresholds[layer] += sum.threshold();
            gradients.leak += sum.leak();
        }
    }

    /**
     * Adds the gradient of a projection's weights, and leaves that of its source's spikes in the area.
     *
     * @param delta ∂L/∂u of the target, rows x height x width x channels
     * @param spikes the source's spikes that were let through, before the pool, in the same order
     */
    private void backward(int projection, Tensor delta, Tensor spikes, Tensor weights, Gradients gradients) {
        Projection p = projections.get(projection);
        Tensor wanted = precision.cast(channelsFirst(delta));
        Tensor source = channelsFirst(spikes);
        Tensor maps = p.pool().map(pool -> ForwardPass.pooled(source, pool)).orElse(source);
        float factor = dropout.get(projection).factor();
        boolean further = projection > 0;
        Tensor back;
        if (p.layer() instanceof Conv conv) {
            BoolPointer which = new BoolPointer(3);
            which.put(0, further).put(1, true).put(2, false);
            T_TensorTensorTensor_T both = torch.convolution_backward(
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
            gradients.add(projection, both.get1(), factor);
            back = both.get0();
        } else {
            Tensor flat = wanted.flatten(1, -1);
            gradients.add(projection, flat.t().mm(maps.flatten(1, -1)), factor);
            back = further ? flat.mm(weights).view_as(maps) : flat;
        }
        if (further) {
            Tensor asked = p.pool().map(pool -> unpooled(back, source, pool)).orElse(back);
            signal((int) source.size(0), p.source()).copy_(asked.permute(0, 2, 3, 1));
        }
    }

    private static Tensor channelsFirst(Tensor maps) {
        return maps.permute(0, 3, 1, 2);
    }

    private static Tensor unpooled(Tensor gradient, Tensor input, AveragePool pool) {
        return torch.avg_pool2d_backward(
                gradient,
                input,
                new long[] {pool.kernel(), pool.kernel()},
                new long[] {pool.stride(), pool.stride()},
                NONE,
                false,
                true,
                new LongOptional());
    }
}
