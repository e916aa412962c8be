package dev.lamina.chip;

import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.SpikeBatch;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The spikes of one population in a batch of time steps, on their way to the next stage.
 *
 * @param stamp what they belong to
 * @param batch the spikes; theirs who sent them, and only lent
 * @param inputEvents with the last batch of a sample, all the events that the input sent
 * @param counts with the last batch of a sample, what happened in each layer so far passed; else empty
 */
record Spikes(Stamp stamp, SpikeBatch batch, long inputEvents, ImmutableList<LayerCounts> counts)
        implements SpikingLayer.Command {}
