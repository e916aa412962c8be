package dev.lamina.network;

/** What a spike does to the membrane potential at the next time step. */
public enum Reset {
    /** The threshold is subtracted, so that what exceeded it is kept: u ← λ·u − v. */
    SOFT,
    /** The potential returns to zero. */
    HARD
}
