package dev.lamina.sim;

/** Adds one time step's weighted input to neurons and has them fire, block by block in ascending order. */
interface Integration {

    /** Steps {@code neurons} with {@code events}: every block that has input, and every block that is restless. */
    void step(Events events, Neurons neurons);
}
