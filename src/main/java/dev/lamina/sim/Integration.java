package dev.lamina.sim;

/** Adds the weighted input of some time steps to neurons and has them fire. */
interface Integration {

    /**
     * Steps {@code neurons}, which have begun these time steps, with events: every block in every time step in which it
     * has input or is restless.
     */
    void run(SpikeBatch events, Neurons neurons);
}
