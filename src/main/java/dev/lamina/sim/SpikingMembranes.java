package dev.lamina.sim;

/**
 * Membranes of neurons that fire. Between time steps they hold the residuals λ·u − v·o; within one, residuals and the input
 * added so far.
 */
interface SpikingMembranes extends Membranes {

    /** Multiplies the residuals of a block by the leak: a time step in which the block was not stepped. */
    void leak(int block);

    /** Shows the potentials of a block. */
    void show(int block, int tick, PotentialObserver observer);

    /**
     * Ends a block's time step: finds the neurons above their thresholds and resets all to residuals.
     *
     * @param fired receives a bit for each neuron of the block; bits beyond them are undefined
     */
    void fire(int block, long[] fired);
}
