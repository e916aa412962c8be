package dev.lamina.data;

/** One sample in the course of being encoded. Reusable for sample after sample; for one thread at a time. */
public sealed interface Encoding permits PoissonEncoding, DirectEncoding {

    /**
     * Turns to a sample.
     *
     * @param values one value an input, in the order of neuron indices; read, not kept
     * @param seed the seed of the run
     * @param sample the sample's index in its data set
     */
    void begin(float[] values, long seed, int sample);

    /**
     * The events of one time step, in ascending order of input index.
     *
     * @param tick the time step, from 0
     * @param indices receives the inputs that have an event; room for every input
     * @param payloads receives their payloads; room for every input
     * @return the number of events
     */
    int encode(int tick, int[] indices, float[] payloads);

    /** Whether every event of this sample has payload 1, at every time step. */
    boolean unitPayloads();
}
