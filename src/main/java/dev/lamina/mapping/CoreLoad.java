package dev.lamina.mapping;

/**
 * What a core has done, over all samples.
 *
 * @param core the core and what it holds
 * @param synops synaptic operations: weights added to its membranes, one for each spike and target
 * @param neuronUpdates its neurons times the time steps
 * @param busyShare the part of the time, from 0 to 1, that it worked
 */
public record CoreLoad(PlacedCore core, long synops, long neuronUpdates, double busyShare) {}
