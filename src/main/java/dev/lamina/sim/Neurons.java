package dev.lamina.sim;

/**
 * The state of one population of neurons. A time step goes {@link #beginTick}; for each block in ascending order
 * {@link #prepare}, then somebody adds the weighted input to {@link #potentials}, then {@link #fire}. For one thread.
 */
interface Neurons {

    /** Turns to a new sample. */
    void reset();

    /** Begins a time step, from 0, whose spikes go to {@code spikes}. */
    void beginTick(int tick, SpikeBatch spikes);

    /** One bit for every block that must be stepped even without input. */
    long[] restless();

    /** Brings a block to where this time step's input is added. */
    void prepare(int block);

    /** The membrane potentials, block after block as the layout has them. */
    float[] potentials();

    /** Ends a block's time step, after its input was added. */
    void fire(int block);
}
