package dev.lamina.train;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * With g[t] = ∂L/∂o[t], what the next layer asks for, and σ'[t] the surrogate for ∂o[t]/∂u[t],
 *
 *     δ[t] = ∂L/∂u[t] = g[t]·σ'[t] + λ·δ[t+1],
 *
 * from the last time step to the first. Nothing flows back through the reset, as in the forerunner's code; but a hard
 * reset cuts the way of the potential itself, so that δ[t+1] does not reach a time step at which the neuron fired.
 * Threshold and leak, where they are learned, get
 *
 *     ∂L/∂v = −Σ g[t]·σ'[t] − Σ δ[t]·o[t−1]   (the second sum with a soft reset only),     ∂L/∂λ = Σ δ[t]·u[t−1],
 *
 * with u[t−1] before its reset, or 0 if that reset was hard.
 *
 * Neurons are taken some at a time: their T rows fit the cache, and each is read and written once. Rows are a little
 * longer than a power of two, or all values of one neuron would fall into the same few sets of the cache.
 */
/** The way back through time of one layer: from what reaches its spikes to what reaches its potentials. */
final class TimeRecursion {

    private static final int TILE = 256;
    private static final int ROW = TILE + 16;

    private final Surrogate surrogate;
    private final NeuronModel neuron;
    private final int timesteps;
    /** By Δt; empty for a surrogate of the potential. */
    private final float[] slopes;
    /** By time step, for a neuron that has not fired yet. */
    private final float[] silentSlopes;

    private final boolean learnsLeak;

    TimeRecursion(Surrogate surrogate, NeuronModel neuron, int timesteps, boolean learnsLeak) {
        this.surrogate = surrogate;
        this.neuron = neuron;
        this.timesteps = timesteps;
        this.learnsLeak = learnsLeak;
        silentSlopes = new float[timesteps];
        if (surrogate instanceof Surrogate.OfSpikeTime ofTime) {
            slopes = ofTime.table(timesteps);
            for (int tick = 0; tick < timesteps; tick++) {
                silentSlopes[tick] = slopes[ofTime.silentGap(tick)];
            }
        } else {
            slopes = new float[0];
        }
    }

    /** Whether the membrane potentials must have been recorded. */
    boolean needsPotentials() {
        return learnsLeak || surrogate instanceof Surrogate.OfPotential;
    }

    /**
     * What one sample adds to the gradients of a layer's threshold and of the leak.
     *
     * @param threshold ∂L/∂v
     * @param leak ∂L/∂λ
     */
    record Sums(double threshold, double leak) {}

    /**
     * Turns ∂L/∂o of one sample into ∂L/∂u, in place.
     *
     * @param signal T rows of one value a neuron, from {@code base} on: in, what reaches the spikes as they are handed
     *     on; out, δ
     * @param spikes the spikes as they were handed on
     * @param potentials u before the reset, T rows, if {@link #needsPotentials}
     * @param mask one bit a neuron, 1 where its spikes were let through; empty if all were
     * @param factor what a spike that was let through counted
     */
    Sums run(
            FloatBuffer signal,
            int base,
            SpikeRecord spikes,
            float[] potentials,
            Population population,
            long[] mask,
            float factor) {
        int neurons = spikes.neurons();
        float[] tile = new float[timesteps * ROW];
        float[] u = new float[needsPotentials() ? timesteps * ROW : 0];
        Sweep sweep = new Sweep(spikes, u, population, tile);
        for (int first = 0; first < neurons; first += TILE) {
            int count = Math.min(TILE, neurons - first);
            for (int tick = 0; tick < timesteps; tick++) {
                signal.get(base + tick * neurons + first, tile, tick * ROW, count);
                if (needsPotentials()) {
                    System.arraycopy(potentials, tick * neurons + first, u, tick * ROW, count);
                }
            }
            for (int i = 0; i < count; i++) {
                int n = first + i;
                boolean kept = mask.length == 0 || (mask[n >>> 6] >>> n & 1) != 0;
                sweep.neuron(n, i, kept ? factor : 0);
            }
            for (int tick = 0; tick < timesteps; tick++) {
                signal.put(base + tick * neurons + first, tile, tick * ROW, count);
            }
        }
        return new Sums(sweep.threshold, sweep.leak);
    }

    private final class Sweep {

        private final SpikeRecord spikes;
        /** The tile's potentials, in the same rows. */
        private final float[] u;

        private final float[] thresholds;
        private final float @Nullable [] start;
        private final float[] tile;
        private final boolean soft = neuron.reset() == Reset.SOFT;
        private final int delay = neuron.propagation() == Propagation.NEXT_STEP ? 1 : 0;
        private final Surrogate.@Nullable OfPotential ofPotential =
                surrogate instanceof Surrogate.OfPotential potential ? potential : null;
        private double threshold;
        private double leak;

        Sweep(SpikeRecord spikes, float[] u, Population population, float[] tile) {
            this.spikes = spikes;
            this.u = u;
            this.tile = tile;
            thresholds = Objects.requireNonNull(population.thresholds(), "a spiking population has thresholds");
            start = population.initialPotential();
        }

        /** Goes back through time with neuron {@code n}, which is in column {@code column} of the tile. */
        void neuron(int n, int column, float factor) {
            float delta = 0;
            float ahead = 0;
            float v = thresholds[n % thresholds.length];
            // The last spike before the time step; a spike is handed on `delay` time steps after it was fired.
            int last = Integer.MAX_VALUE;
            for (int tick = timesteps - 1; tick >= 0; tick--) {
                int place = tick * ROW + column;
                float own = tile[place] * factor;
                float g = delay == 0 ? own : ahead;
                ahead = own;
                boolean fired = last == tick;
                if (last >= tick) {
                    last = spikes.previous(n, tick + delay) - delay;
                }
                float slope;
                if (ofPotential != null) {
                    slope = ofPotential.slope(u[place] / v);
                } else {
                    slope = last < 0 ? silentSlopes[tick] : slopes[tick - last];
                }
                float direct = g * slope;
                delta = direct + (fired && !soft ? 0 : neuron.leak() * delta);
                tile[place] = delta;
                boolean firedBefore = last == tick - 1 && last >= 0;
                threshold -= firedBefore && soft ? direct + delta : direct;
                if (learnsLeak && (soft || !firedBefore)) {
                    leak += delta * (tick > 0 ? u[place - ROW] : start(n));
                }
            }
        }

        /** The potential before the first time step. */
        private float start(int n) {
            return start == null ? 0 : start[n % start.length];
        }
    }
}
