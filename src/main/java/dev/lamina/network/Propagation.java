package dev.lamina.network;

/** When the next layer sees a spike. */
public enum Propagation {
    /** In the time step in which the neuron fires, as in the paper's Algorithm 2. */
    SAME_STEP,
    /** One time step later, for each spiking layer, as in Rathi et al.'s published code. */
    NEXT_STEP
}
