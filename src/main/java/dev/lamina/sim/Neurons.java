package dev.lamina.sim;

/**
 * The state of one population of neurons. Some time steps go {@link #begin}; then, block by block, for each time step
 * that concerns the block in ascending order, {@link #step}; or {@link #prepare} for all blocks that a time step concerns,
 * {@link Membranes#addRuns}, {@link #fire} for the same. Blocks do not know each other, so their time steps may be interleaved. For
 * one thread.
 */
interface Neurons {

    /** Turns to a new sample. */
    void reset();

    /** Begins the time steps from {@code firstTick} to {@code firstTick + ticks}. */
    void begin(int firstTick, int ticks);

    /** Whether some block is restless. */
    boolean restless();

    /** Whether a block must be stepped in its next time step even without input. */
    boolean restless(int block);

    /** Their membranes. */
    Membranes membranes();

    /** A whole time step of a block, counted from the first of this batch, whose input is the sum of some weight rows. */
    default void step(int block, int tick, RowList rows) {
        prepare(block, tick);
        membranes().addRows(block, rows);
        fire(block, tick);
    }

    /** A whole time step of a block whose input is given densely. */
    default void step(int block, int tick, DenseWindow window) {
        prepare(block, tick);
        membranes().addDense(block, window);
        fire(block, tick);
    }

    /** Brings a block to where the input of a time step is added. */
    void prepare(int block, int tick);

    /** Ends a block's time step, after its input was added. */
    void fire(int block, int tick);
}
