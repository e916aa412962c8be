package dev.lamina.sim;

/** Adds up the weighted input of one time step and has the neurons take it, block by block in ascending order. */
interface Integration {

    /** Steps {@code neurons} with {@code events}: every block that has input, and every block that is restless. */
    void step(Events events, Neurons neurons);
}
