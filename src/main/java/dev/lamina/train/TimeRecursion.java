package dev.lamina.train;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * With g[t] = ∂L/∂o[t], what the next layer asks for, and σ'[t] the surrogate for ∂o[t]/∂u[t],
 *
 *     δ[t] = ∂L/∂u[t] = g[t]·σ'[t] + λ·δ[t+1],
 *
 * from the last time step to the first. Nothing flows back through the reset, as in Rathi et al.'s published code; but a hard
 * reset cuts the way of the potential itself, so that δ[t+1] does not reach a time step at which the neuron fired.
 * Threshold and leak, where they are learned, get
 *
 *     ∂L/∂v = −Σ g[t]·σ'[t] − Σ δ[t]·o[t−1]   (the second sum with a soft reset only),     ∂L/∂λ = Σ δ[t]·u[t−1],
 *
 * with u[t−1] before its reset, or 0 if that reset was hard.
 *
 * Neurons are taken some at a time, so that their δ[t+1] stays in the cache while the rows of all time steps pass by, each
 * read and written once. Within a row all neurons do the same, in loops that the compiler turns into vector instructions;
 * what only few do, those that fired, is done for these alone.
 */
/** The way back through time of one layer: from what reaches its spikes to what reaches its potentials. */
final class TimeRecursion {

    /** The most neurons at a time. */
    private static final int CHUNK = 2048;

    private final Surrogate surrogate;
    private final NeuronModel neuron;
    private final int timesteps;
    /** By Δt; empty for a surrogate of the potential. */
    private final float[] slopes;
    /** By time step, for a neuron that has not fired yet. */
    private final float[] silentSlopes;

    private final boolean learnsThresholds;
    private final boolean learnsLeak;

    TimeRecursion(
            Surrogate surrogate, NeuronModel neuron, int timesteps, boolean learnsThresholds, boolean learnsLeak) {
        this.surrogate = surrogate;
        this.neuron = neuron;
        this.timesteps = timesteps;
        this.learnsThresholds = learnsThresholds;
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
     * What one sample adds to the gradients of a layer's threshold and of the leak, where they are learned; 0 else.
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
        Chunk chunk = new Chunk(signal, base, spikes, potentials, population);
        for (int first = 0; first < spikes.neurons(); first += CHUNK) {
            chunk.take(first, mask, factor);
            chunk.run();
        }
        return new Sums(chunk.threshold, chunk.leak);
    }

    /** Some neighbouring neurons. */
    private final class Chunk {

        private final FloatBuffer signal;
        private final int base;
        private final SpikeRecord spikes;
        private final float[] potentials;
        private final float[] thresholds;
        private final float @Nullable [] startPotential;
        private final int neurons;
        private final boolean soft = neuron.reset() == Reset.SOFT;
        private final int delay = neuron.propagation() == Propagation.NEXT_STEP ? 1 : 0;
        private final boolean sums = learnsThresholds || learnsLeak;
        private final boolean needsSpikes = !soft || sums || surrogate instanceof Surrogate.OfSpikeTime;

        private final float[] v = new float[CHUNK];
        /** What dropout makes of a spike. */
        private final float[] passed = new float[CHUNK];
        /** One row: in, what reaches the spikes; out, δ[t]. */
        private final float[] row = new float[CHUNK];
        /** δ[t+1]. */
        private final float[] later = new float[CHUNK];
        /** With next-step propagation, what reaches the spikes one time step later. */
        private final float[] ahead = new float[CHUNK];
        /** The time step of the last spike before t; below 0 if there is none. */
        private final int[] last = new int[CHUNK];
        /** Where the neurons that fired at each time step begin in {@code fired}. */
        private final int[] starts = new int[timesteps + 2];

        private final boolean[] firedBefore = new boolean[CHUNK];
        private int[] fired = new int[64];
        private int first;
        private int count;
        private double threshold;
        private double leak;

        Chunk(FloatBuffer signal, int base, SpikeRecord spikes, float[] potentials, Population population) {
            this.signal = signal;
            this.base = base;
            this.spikes = spikes;
            this.potentials = potentials;
            neurons = spikes.neurons();
            thresholds = Objects.requireNonNull(population.thresholds(), "a spiking population has thresholds");
            startPotential = population.initialPotential();
        }

        /** Goes on to the neurons from {@code first} on. */
        void take(int first, long[] mask, float factor) {
            this.first = first;
            count = Math.min(CHUNK, neurons - first);
            for (int i = 0; i < count; i++) {
                int n = first + i;
                v[i] = thresholds[n % thresholds.length];
                passed[i] = mask.length == 0 || (mask[n >>> 6] >>> n & 1) != 0 ? factor : 0;
            }
            if (needsSpikes) {
                for (int i = 0; i < count; i++) {
                    last[i] = spikes.previous(first + i, timesteps) - delay;
                }
                listFired();
            }
        }

        /** Lists the neurons by the time steps at which they fired: `delay` before their spikes were handed on. */
        private void listFired() {
            Arrays.fill(starts, 0);
            for (int i = 0; i < count; i++) {
                for (int t = spikes.next(first + i, delay); t < timesteps; t = spikes.next(first + i, t + 1)) {
                    starts[t - delay + 2]++;
                }
            }
            for (int tick = 0; tick < timesteps; tick++) {
                starts[tick + 2] += starts[tick + 1];
            }
            int all = starts[timesteps + 1];
            fired = all > fired.length ? new int[2 * all] : fired;
            for (int i = 0; i < count; i++) {
                for (int t = spikes.next(first + i, delay); t < timesteps; t = spikes.next(first + i, t + 1)) {
                    fired[starts[t - delay + 1]++] = i;
                }
            }
        }

        private int firedFrom(int tick) {
            return starts[tick];
        }

        private int firedTo(int tick) {
            return starts[tick + 1];
        }

        void run() {
            Arrays.fill(later, 0);
            Arrays.fill(ahead, 0);
            for (int tick = timesteps - 1; tick >= 0; tick--) {
                int place = tick * neurons + first;
                signal.get(base + place, row, 0, count);
                if (delay > 0) {
                    delay();
                }
                if (needsSpikes) {
                    leaveBehind(tick);
                }
                if (surrogate instanceof Surrogate.OfPotential ofPotential) {
                    slope(ofPotential, place);
                } else {
                    slope(tick);
                }
                if (sums) {
                    sum(tick, place);
                }
                float decay = neuron.leak();
                for (int i = 0; i < count; i++) {
                    float delta = row[i] + decay * later[i];
                    later[i] = delta;
                    row[i] = delta;
                }
                signal.put(base + place, row, 0, count);
            }
        }

        /** What reaches a spike when it is handed on is of a spike fired one time step before. */
        private void delay() {
            for (int i = 0; i < count; i++) {
                float own = row[i];
                row[i] = ahead[i];
                ahead[i] = own;
            }
        }

        /** Goes back over the spikes of a time step: no later δ comes across a hard reset. */
        private void leaveBehind(int tick) {
            for (int n = firedFrom(tick); n < firedTo(tick); n++) {
                int i = fired[n];
                last[i] = spikes.previous(first + i, tick + delay) - delay;
                if (!soft) {
                    later[i] = 0;
                }
            }
        }

        private void slope(Surrogate.OfPotential ofPotential, int place) {
            for (int i = 0; i < count; i++) {
                row[i] = row[i] * passed[i] * ofPotential.slope(potentials[place + i] / v[i]);
            }
        }

        /** σ' by the time since the previous spike. */
        private void slope(int tick) {
            float silent = silentSlopes[tick];
            for (int i = 0; i < count; i++) {
                row[i] = row[i] * passed[i] * (last[i] < 0 ? silent : slopes[tick - last[i]]);
            }
        }

        /** What threshold and leak get at a time step; the row holds g·σ' still. */
        private void sum(int tick, int place) {
            Arrays.fill(firedBefore, false);
            for (int n = firedFrom(Math.max(0, tick - 1)); n < firedFrom(tick); n++) {
                firedBefore[fired[n]] = true;
            }
            for (int i = 0; i < count; i++) {
                float direct = row[i];
                float delta = direct + neuron.leak() * later[i];
                threshold -= firedBefore[i] && soft ? direct + delta : direct;
                if (learnsLeak && (soft || !firedBefore[i])) {
                    leak += delta * (tick > 0 ? potentials[place - neurons + i] : start(first + i));
                }
            }
        }

        /** The potential before the first time step. */
        private float start(int n) {
            return startPotential == null ? 0 : startPotential[n % startPotential.length];
        }
    }
}
