package dev.lamina.load;

/**
 * A request for samples.
 *
 * @param bytes all of it, as it is sent
 * @param samples the indices of the samples that it asks for, in their order
 */
record Question(byte[] bytes, int[] samples) {}
