package dev.lamina.sim;

import dev.lamina.network.Projection;

/**
 * The synapses of a projection, laid out for adding: weights in the order in which events want them, scaled by the
 * pool, padded for the kernel. Immutable and thread-safe, so one copy serves any number of simulators.
 */
public abstract sealed class Synapses permits ScatterSynapses, GatherSynapses {

    private final Projection projection;
    private final Kernel kernel;
    private final float scale;

    Synapses(Projection projection, Kernel kernel) {
        this.projection = projection;
        this.kernel = kernel;
        scale = projection.scale();
    }

    /**
     * Lays out the weights of a projection.
     *
     * @param weights channel-first, OIHW or OI
     */
    public static Synapses of(Projection projection, float[] weights, Kernel kernel) {
        return ScatterSynapses.suits(projection, kernel)
                ? new ScatterSynapses(projection, weights, kernel)
                : new GatherSynapses(projection, weights, kernel);
    }

    /** Where the synapses lead from and to. */
    public final Projection projection() {
        return projection;
    }

    final Kernel kernel() {
        return kernel;
    }

    /** How the target neurons lie in memory while these synapses feed them. */
    abstract NeuronLayout layout();

    /** A working area for one thread to add up input. */
    abstract Integration integration();

    /** A weight, as every path reads it: channel-first, times the scale of the pool. */
    final float scaled(float[] weights, int target, int source, int ky, int kx) {
        int index = ((target * projection.pooled().channels() + source) * projection.kernelHeight() + ky)
                        * projection.kernelWidth()
                + kx;
        return weights[index] * scale;
    }

    static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
