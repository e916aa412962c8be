package dev.lamina.sim;

/**
 * Sees the membrane potentials of a spiking layer: u[t] of every neuron at every time step, before the reset. It runs on
 * the simulating thread. A layer that is watched steps all its neurons at every time step, and is slow accordingly.
 */
@FunctionalInterface
public interface PotentialObserver {

    /**
     * Sees neighbouring neurons.
     *
     * @param tick the time step
     * @param first the index of the first of them
     * @param u their potentials, from {@code offset} on; only valid during the call
     * @param offset where the first potential is
     * @param count how many neurons there are
     */
    void potentials(int tick, int first, float[] u, int offset, int count);
}
