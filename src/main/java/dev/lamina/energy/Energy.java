package dev.lamina.energy;

/**
 * The energy of a layer or a network for a sample, by what takes it: each part in joules, at least 0. A part that a profile leaves
 * out is 0.
 *
 * @param synapses arithmetic of synaptic operations, and the computing of their addresses
 * @param neurons neuron updates, thresholds and resets
 * @param memory reading and writing events, weights and potentials
 * @param traffic packets and their way between cores
 * @param idle the hardware's static power over the time of the sample
 */
public record Energy(double synapses, double neurons, double memory, double traffic, double idle) {

    /** No energy. */
    public static final Energy ZERO = new Energy(0, 0, 0, 0, 0);

    /** All parts together, in joules. */
    public double total() {
        return synapses + neurons + memory + traffic + idle;
    }

    /** Both together, part by part. */
    public Energy plus(Energy other) {
        return new Energy(
                synapses + other.synapses,
                neurons + other.neurons,
                memory + other.memory,
                traffic + other.traffic,
                idle + other.idle);
    }
}
