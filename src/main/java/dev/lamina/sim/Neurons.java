package dev.lamina.sim;

/** The state of one population of neurons. For one thread. */
interface Neurons {

    /** Turns to a new sample. */
    void reset();

    /** Begins a time step, from 0, whose spikes go to {@code spikes}. */
    void beginTick(int tick, SpikeBatch spikes);

    /** One bit for every block that must be stepped even without input. */
    long[] restless();

    /**
     * Steps a block.
     *
     * @param block the block
     * @param input the block's input currents from {@code offset} on; the bias may be added to them
     */
    void step(int block, float[] input, int offset);
}
