package dev.lamina.sim;

/**
 * The membrane potentials of a population together with the weights that are added to them, in one arithmetic. For one
 * thread.
 */
interface Membranes {

    /** Goes to the potentials before the first time step. */
    void reset();

    /** Adds the bias, if there is one, to a block. */
    void addBias(int block);

    /** Adds weight rows to a block. */
    void addRows(int block, RowList rows);

    /** Adds all weight rows of a block, each times the source's value. */
    void addDense(int block, DenseWindow window);

    /** Adds the runs of a time step's events. */
    void addRuns(RunTable runs, SpikeBatch events, int tick);
}
