package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.Projection;

/**
 * The synapses of a projection, laid out for adding: weights in the order in which events want them, scaled by the
 * pool, padded for the kernel. Immutable and thread-safe, so one copy serves any number of simulators.
 */
public abstract sealed class Synapses permits ScatterSynapses, GatherSynapses {

    private final Projection projection;
    private final SynapticWeights weights;

    Synapses(Projection projection, SynapticWeights weights) {
        this.projection = projection;
        this.weights = weights;
    }

    /**
     * Lays out the weights of a projection in float32.
     *
     * @param tensor the weights, channel-first, OIHW or OI
     */
    public static Synapses of(Projection projection, float[] tensor, Kernel kernel) {
        return of(projection, tensor, kernel, Sums.CHEAPEST);
    }

    static Synapses of(Projection projection, float[] tensor, Kernel kernel, Sums sums) {
        SynapticWeights weights = new FloatWeights(tensor, projection.scale(), kernel);
        return ScatterSynapses.suits(projection, 2 * kernel.lanes())
                ? new ScatterSynapses(projection, weights)
                : new GatherSynapses(projection, weights, sums);
    }

    /**
     * Lays out the weights of a projection in fixed point.
     *
     * @param tensor the weights, channel-first, OIHW or OI
     * @param population the neurons they feed
     */
    static Synapses fixed(Projection projection, float[] tensor, Population population, FixedKernel kernel, Sums sums) {
        FixedPoint numbers = FixedPoint.of(projection, tensor, population);
        SynapticWeights weights = new FixedWeights(
                tensor, projection.scale(), numbers, FixedPoint.largestPayload(projection), kernel, population);
        return FixedPoint.guarded(projection)
                ? new ScatterSynapses(projection, weights)
                : new GatherSynapses(projection, weights, sums);
    }

    /** Where the synapses lead from and to. */
    public final Projection projection() {
        return projection;
    }

    final SynapticWeights weights() {
        return weights;
    }

    /** The weights, which must be in float32. */
    final FloatWeights floats() {
        return (FloatWeights) weights;
    }

    /** How the target neurons lie in memory while these synapses feed them. */
    abstract NeuronLayout layout();

    /** A working area for one thread to add up input. */
    abstract Integration integration();

    /** Where a weight stands in the tensor. */
    final int index(int target, int source, int ky, int kx) {
        return ((target * projection.pooled().channels() + source) * projection.kernelHeight() + ky)
                        * projection.kernelWidth()
                + kx;
    }

    static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
