package dev.lamina.train;

import dev.lamina.io.Settings;

/*
 * [1] The paper, equation 12; N. Rathi, G. Srinivasan, P. Panda, K. Roy, "Enabling deep spiking neural networks with
 *     hybrid conversion and spike timing dependent backpropagation", ICLR 2020.
 * [2] G. Bellec, D. Salaj, A. Subramoney, R. Legenstein, W. Maass, "Long short-term memory and learning-to-learn in
 *     networks of spiking neurons", NeurIPS 2018.
 */
/**
 * What stands in for the derivative of a spike with respect to the membrane potential, ∂o/∂u, which is zero almost
 * everywhere. Immutable.
 */
public sealed interface Surrogate {

    /** A surrogate that depends on the time since the neuron's previous spike only. */
    non-sealed interface OfSpikeTime extends Surrogate {

        /**
         * The derivative by Δt, the time steps since the neuron's previous spike.
         *
         * @param timesteps T
         * @return at index Δt, from 1 to T, the derivative; at index 0 that of a neuron that has not fired yet and, at
         *     that time step t (from 0), {@link #silentGap} of t is 0
         */
        float[] table(int timesteps);

        /** The Δt of a neuron that has not fired before time step {@code tick}; 0 for none. */
        int silentGap(int tick);
    }

    /** A surrogate that depends on the membrane potential only. */
    non-sealed interface OfPotential extends Surrogate {

        /** The derivative at {@code ratio} = u/v, before the reset. */
        float slope(float ratio);
    }

    /** What the timing surrogate takes for the previous spike of a neuron that has not fired yet. */
    enum Silence {
        /** None: the derivative is 0, and such a neuron learns nothing until it has fired. */
        NOTHING,
        /** One just before the sample began, so that Δt = t + 1. */
        START
    }

    /**
     * The paper's: ∂o/∂u = α·e^(−β·Δt) [1].
     *
     * @param alpha α, above 0
     * @param beta β, at least 0
     * @param silence what a neuron that has not fired yet gets
     */
    record SpikeTiming(double alpha, double beta, Silence silence) implements OfSpikeTime {

        @Override
        public float[] table(int timesteps) {
            float[] table = new float[timesteps + 1];
            for (int gap = 1; gap <= timesteps; gap++) {
                table[gap] = (float) (alpha * Math.exp(-beta * gap));
            }
            return table;
        }

        @Override
        public int silentGap(int tick) {
            return silence == Silence.START ? tick + 1 : 0;
        }

        @Override
        public String toString() {
            return "spike timing, alpha " + alpha + ", beta " + beta + ", silent neurons "
                    + (silence == Silence.START ? "as if fired at the start" : "get nothing");
        }
    }

    /**
     * A triangle around the threshold: ∂o/∂u = γ·max(0, 1 − |u/v − 1|) [2].
     *
     * @param gamma γ, above 0
     */
    record Linear(double gamma) implements OfPotential {

        @Override
        public float slope(float ratio) {
            float height = 1 - Math.abs(ratio - 1);
            // max(0, height), exactly: a maximum would keep the compiler from making vector instructions of it.
            return (float) gamma * (0.5f * (height + Math.abs(height)));
        }

        @Override
        public String toString() {
            return "linear, gamma " + gamma;
        }
    }

    /** The timing surrogate with its usual constants. */
    Surrogate DEFAULT = new SpikeTiming(0.3, 0.01, Silence.START);

    /** Reads {@code type} (spike-timing or linear) and that type's keys. */
    static Surrogate parse(Settings section) {
        Surrogate surrogate = switch (section.choice("type", Kind.class)) {
            case SPIKE_TIMING ->
                new SpikeTiming(
                        section.real("alpha", 1e-6, 100, 0.3),
                        section.real("beta", 0, 100, 0.01),
                        section.choice("silence", Silence.class, Silence.START));
            case LINEAR -> new Linear(section.real("gamma", 1e-6, 100, 0.3));
        };
        section.done();
        return surrogate;
    }

    /** The types as they are written in a configuration. */
    enum Kind {
        SPIKE_TIMING,
        LINEAR
    }
}
