package dev.lamina.sim;

/**
 * The membrane potentials of a population together with the weights that are added to them, in one arithmetic. Between time
 * steps it holds the residuals λ·u − v·o; within one, residuals and the input added so far. For one thread.
 */
interface Membranes {

    /** Goes to the residuals before the first time step. */
    void reset();

    /** Multiplies the residuals of a block by the leak: a time step in which the block was not stepped. */
    void leak(int block);

    /** Adds the bias, if there is one, to a block. */
    void addBias(int block);

    /** Adds weight rows to a block. */
    void addRows(int block, RowList rows);

    /** Adds the runs of a time step's events. */
    void addRuns(RunTable runs, SpikeBatch events, int tick);

    /**
     * Ends a block's time step: finds the neurons above their thresholds and resets all to residuals.
     *
     * @param fired receives a bit for each neuron of the block; bits beyond them are undefined
     */
    void fire(int block, long[] fired);

    /** Copies the potentials of a block, padding included, to {@code to} from {@code at} on. */
    void copy(int block, double[] to, int at);

    /** The potential of a neuron. */
    double potential(int neuron);

    /** Shows the potentials of a block. */
    void show(int block, int tick, PotentialObserver observer);
}
