package dev.lamina.network;

import java.util.Optional;

/**
 * A bundle of synapses from one population of neurons to the next: a weight layer, together with the average pool and
 * the flattening before it, if any. It is always written as a convolution: a linear layer over a source of
 * {@code C x H x W} is one whose kernel is {@code H x W} and whose output is a single position.
 *
 * @param layer the weight layer, which names the projection and the population it ends in
 * @param source the population that the spikes come from
 * @param pool the average pool that the spikes pass on the way, if any
 * @param pooled the shape behind the pool ({@code source} without one)
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param stride positions from one target to the next
 * @param padding rows and columns of zeros around {@code pooled}
 * @param target the population that the synapses end on
 */
public record Projection(
        WeightLayer layer,
        Shape source,
        Optional<AveragePool> pool,
        Shape pooled,
        int kernelHeight,
        int kernelWidth,
        int stride,
        int padding,
        Shape target) {

    /**
     * The projection of {@code layer} from {@code source} through {@code pool}.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    public static Projection of(WeightLayer layer, Shape source, Optional<AveragePool> pool) {
        Shape pooled = pool.isPresent() ? pool.get().output(source) : source;
        Shape target = layer.output(pooled);
        int[] dimensions = layer.weightDimensions(pooled);
        double weights = 1;
        for (int dimension : dimensions) {
            weights *= dimension;
        }
        if (weights > Shape.MAX_SIZE) {
            throw new IllegalArgumentException("more than " + Shape.MAX_SIZE + " weights");
        }
        if (layer instanceof Conv conv) {
            return new Projection(
                    layer, source, pool, pooled, conv.kernel(), conv.kernel(), conv.stride(), conv.padding(), target);
        }
        return new Projection(layer, source, pool, pooled, pooled.height(), pooled.width(), 1, 0, target);
    }

    /** The name of the weight layer. */
    public String name() {
        return layer.name();
    }

    /** The dimensions of the weight tensor, OIHW or OI. */
    public int[] weightDimensions() {
        return layer.weightDimensions(pooled);
    }

    /** The number of weights. */
    public int weights() {
        return target.channels() * pooled.channels() * kernelHeight * kernelWidth;
    }

    /** Multiply-accumulates of the ordinary network for one sample, zero padding included as is usual. */
    public long macs() {
        return (long) weights() * target.positions();
    }

    /** What the pool multiplies a spike by; 1 without one. */
    public float scale() {
        return pool.map(AveragePool::scale).orElse(1f);
    }

    /**
     * The synapses of a source neuron, by its position: how many targets one spike from there reaches, on all
     * channels. Borders are exact, and a target reached through two overlapping pooling windows counts once, as on
     * hardware with the pool folded into the weights.
     *
     * @return {@code source.positions()} numbers
     */
    public int[] fanOut() {
        int[][] rows = rows().targetsBySource();
        int[][] columns = columns().targetsBySource();
        int[] fanOut = new int[source.positions()];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < columns.length; x++) {
                fanOut[y * columns.length + x] = rows[y].length * columns[x].length * target.channels();
            }
        }
        return fanOut;
    }

    /** Which rows reach which. */
    public Axis rows() {
        return new Axis(this, source.height(), pooled.height(), kernelHeight, target.height());
    }

    /** Which columns reach which. */
    public Axis columns() {
        return new Axis(this, source.width(), pooled.width(), kernelWidth, target.width());
    }
}
