package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import org.jspecify.annotations.Nullable;

/*
 * The step of a layer is the smallest that meets all limits, so the largest weight, or else the largest threshold, uses its
 * range up.
 *
 * Potentials have 15 bits, so that a potential, and the input of a time step that is as large, fit 16 together. For a layer of
 * few channels no time step's input can be larger: its weights are made small enough, because its events are added one by one
 * and there is no place to look after a sum. Wider layers keep 9 bits, and whoever adds must take care.
 */
/**
 * The fixed-point numbers of one layer: weights, thresholds, biases and potentials are whole multiples of a step that the layer
 * shares. The contract of a time step holds, with these changes:
 *
 * <ul>
 *   <li>A weight is {@code round(w' / step)}, where w' is scaled by the pool, within ±{@link #WEIGHT_LIMIT}: 9 bits. The
 *       threshold is {@code round(v / step)}, at least 1.
 *   <li>The sum of residual, bias and weighted input is exact, however large, and only then saturates at
 *       ±{@link #POTENTIAL_LIMIT}. So its order does not matter.
 *   <li>λ·u is {@code u · round(λ · 2¹⁵) / 2¹⁵}, rounded towards zero.
 *   <li>The readout has 32 bits and does not saturate: the largest input of 4,096 sources takes 2,000 time steps to
 *       overflow it, and that of a real network far more.
 * </ul>
 *
 * Payloads must be whole numbers: spikes of an encoder or a layer, summed by pools. Behind a pool of k × k, a weight has at most
 * 16,383 / k² steps, since that many spikes may come at once; a pool of 128 and more leaves none.
 *
 * @param step what 1 stands for
 * @param weightLimit the largest magnitude of a weight here
 */
public record FixedPoint(float step, int weightLimit) {

    /** The largest magnitude of a weight: 8 bits and a sign. */
    public static final int WEIGHT_LIMIT = (1 << 8) - 1;

    /** The largest magnitude of a potential, and of a time step's input where it is not looked after. */
    public static final int POTENTIAL_LIMIT = (1 << 14) - 1;

    /** The largest threshold, half of what a potential can reach. */
    public static final int THRESHOLD_LIMIT = POTENTIAL_LIMIT / 2;

    /** A layer of at most so many channels, stride 1, has no time step whose input exceeds {@link #POTENTIAL_LIMIT}. */
    static final int FEW_CHANNELS = 32;

    private static final int LEAK_BITS = 15;

    /**
     * The numbers of a layer.
     *
     * @param projection one that the numbers can hold: not behind a pool of 128 and more
     * @param tensor its weights, channel-first
     */
    public static FixedPoint of(Projection projection, float[] tensor, Population population) {
        int payload = largestPayload(projection);
        int weightLimit = Math.min(WEIGHT_LIMIT, POTENTIAL_LIMIT / payload);
        int targets = projection.target().channels();
        int fanIn = tensor.length / targets;
        boolean guarded = guarded(projection);
        float scale = projection.scale();
        double step = Float.MIN_NORMAL;
        for (int target = 0; target < targets; target++) {
            double sum = 0;
            double largest = 0;
            for (int i = target * fanIn; i < (target + 1) * fanIn; i++) {
                double weight = Math.abs((double) tensor[i] * scale);
                sum += weight;
                largest = Math.max(largest, weight);
            }
            step = Math.max(step, largest / weightLimit);
            if (guarded) {
                // Each weight, and the bias, may be half a step larger when it is rounded.
                double bias =
                        population.bias() == null ? 0 : Math.abs(population.bias()[target]);
                step = Math.max(step, (sum * payload + bias) / (POTENTIAL_LIMIT - 0.5 * (fanIn * payload + 1)));
            }
        }
        step = atLeast(step, population.thresholds(), THRESHOLD_LIMIT);
        step = atLeast(step, population.bias(), POTENTIAL_LIMIT);
        step = atLeast(step, population.initialPotential(), POTENTIAL_LIMIT);
        return new FixedPoint(Math.nextUp((float) step), weightLimit);
    }

    private static double atLeast(double step, float @Nullable [] values, int limit) {
        double needed = step;
        if (values != null) {
            for (float value : values) {
                needed = Math.max(needed, Math.abs((double) value) / limit);
            }
        }
        return needed;
    }

    /** Whether a layer's weights are made so small that no time step can bring it more than {@link #POTENTIAL_LIMIT}. */
    static boolean guarded(Projection projection) {
        long fanIn = projection.weights() / projection.target().channels();
        return ScatterSynapses.suits(projection, FEW_CHANNELS) && fanIn * largestPayload(projection) <= POTENTIAL_LIMIT;
    }

    /** The largest magnitude of what enters a projection's weights at once: all spikes of a pool's window. */
    static int largestPayload(Projection projection) {
        return projection.pool().map(AveragePool::kernel).map(k -> k * k).orElse(1);
    }

    /** Whether a single weight's input at one time step fits: not behind a pool of 128 and more. */
    static boolean takes(Projection projection) {
        return largestPayload(projection) <= POTENTIAL_LIMIT;
    }

    /** A weight, which was scaled by the pool. */
    public int weight(float weight) {
        return rounded(weight, weightLimit);
    }

    /** A threshold. */
    public int threshold(float threshold) {
        return Math.max(1, rounded(threshold, THRESHOLD_LIMIT));
    }

    /** A bias or an initial potential. */
    public int potential(float potential) {
        return rounded(potential, POTENTIAL_LIMIT);
    }

    /** The largest input of a time step that cannot bring a potential and the bias beyond 16 bits. */
    int room(Population population) {
        int largest = 0;
        if (population.bias() != null) {
            for (float value : population.bias()) {
                largest = Math.max(largest, Math.abs(potential(value)));
            }
        }
        return POTENTIAL_LIMIT - largest;
    }

    private int rounded(float value, int limit) {
        return (int) Math.max(-limit, Math.min(limit, Math.round((double) value / step)));
    }

    /** A leak of λ as a factor for {@link #leak}. */
    public static int leakFactor(float leak) {
        return Math.round(leak * (1 << LEAK_BITS));
    }

    /** A potential times a leak. */
    public static int leak(int potential, int factor) {
        return potential * factor / (1 << LEAK_BITS);
    }

    /** A potential, saturated. */
    public static int saturated(long potential) {
        return (int) Math.max(-POTENTIAL_LIMIT, Math.min(POTENTIAL_LIMIT, potential));
    }
}
