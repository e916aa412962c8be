package dev.lamina.chip;

/**
 * A sample for the chip.
 *
 * @param index its index in the data set, part of the random numbers' counter
 * @param values its preprocessed values, in neuron order; not copied
 */
public record Sample(int index, float[] values) {}
