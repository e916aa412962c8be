package dev.lamina.sim;

/** The numbers a layer computes with. */
public enum Arithmetic {

    /** IEEE single precision, as the trainer has it. */
    FLOAT32,

    /** Integers, as fixed-point neuromorphic cores have them; see {@link FixedPoint}. */
    FIXED16
}
