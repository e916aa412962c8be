package dev.lamina.sim;

/**
 * The state of one population of neurons. Some time steps go {@link #begin}; then, block by block, for each time step
 * that concerns the block in ascending order {@link #prepare}, somebody adds the weighted input to {@link #potentials},
 * {@link #fire}. Blocks do not know each other, so their time steps may be interleaved. For one thread.
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

    /** Brings a block to where the input of a time step, counted from the first of this batch, is added. */
    void prepare(int block, int tick);

    /** The membrane potentials, block after block as the layout has them. */
    float[] potentials();

    /** Ends a block's time step, after its input was added. */
    void fire(int block, int tick);

    /** A whole time step of a block, whose input is the sum of some weight rows: prepares, adds and fires. */
    void step(int block, int tick, float[] weights, RowList rows);
}
