package dev.lamina.mapping;

/** How a core keeps the synapses of its neurons. */
public enum ConvolutionStorage {
    /** Every synapse by itself, as a weight and an address. */
    REPLICATED,
    /** Every kernel weight that one of its neurons uses once, without addresses. */
    SHARED
}
