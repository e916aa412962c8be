package dev.lamina.train;

import dev.lamina.network.Network;
import dev.lamina.sim.SpikeBatch;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What the forward pass of one sample leaves for the way back: the input events, one bit for each neuron and time step,
 * the dropout masks and, for surrogates that ask for them, the membrane potentials. Reusable; for one thread at a time.
 */
final class SampleRecord {

    private final SpikeBatch input = new SpikeBatch();
    private final SpikeRecord[] spikes;
    private final float[][] potentials;
    private final long[][] masks;

    /**
     * @param timesteps T
     * @param watched whether there is room for membrane potentials
     */
    SampleRecord(Network network, int timesteps, boolean watched) {
        int layers = network.projections().size() - 1;
        spikes = new SpikeRecord[layers];
        potentials = new float[layers][0];
        for (int i = 0; i < layers; i++) {
            int neurons = network.projections().get(i).target().size();
            spikes[i] = new SpikeRecord(neurons, timesteps);
            if (watched) {
                potentials[i] = new float[Math.multiplyExact(timesteps, neurons)];
            }
        }
        masks = new long[layers + 1][0];
    }

    /** Draws the masks of a training step. */
    void draw(ImmutableList<DropoutMask> dropout, long seed, int slot) {
        for (int i = 0; i < masks.length; i++) {
            if (!dropout.get(i).passesAll()) {
                masks[i] = dropout.get(i).draw(seed, slot);
            }
        }
    }

    /** The events of the input. */
    SpikeBatch input() {
        return input;
    }

    /** Takes events that dropout let through. */
    interface Events {
        void event(int tick, int neuron, float payload);
    }

    /** Shows the events of the input, time step by time step. */
    void forEachInput(Events taker) {
        int[] indices = input.indices();
        for (int tick = 0; tick < input.ticks(); tick++) {
            for (int n = input.from(tick); n < input.to(tick); n++) {
                if (passes(masks[0], indices[n])) {
                    taker.event(tick, indices[n], input.unitPayloads() ? 1 : input.payloads()[n]);
                }
            }
        }
    }

    /** Shows the spikes of a spiking layer, neuron by neuron. */
    void forEachSpike(int layer, Events taker) {
        SpikeRecord record = spikes[layer];
        for (int neuron = 0; neuron < record.neurons(); neuron++) {
            if (passes(masks[layer + 1], neuron)) {
                int tick = record.next(neuron, 0);
                while (tick < record.timesteps()) {
                    taker.event(tick, neuron, 1);
                    tick = record.next(neuron, tick + 1);
                }
            }
        }
    }

    private static boolean passes(long[] mask, int neuron) {
        return mask.length == 0 || (mask[neuron >>> 6] >>> neuron & 1) != 0;
    }

    /** The spikes that a spiking layer handed on. */
    SpikeRecord spikes(int layer) {
        return spikes[layer];
    }

    /** The potentials of a spiking layer before the reset, time step by time step; empty if they are not recorded. */
    float[] potentials(int layer) {
        return potentials[layer];
    }

    /** The mask on the way through a projection, one bit a source neuron; empty where every spike passes. */
    long[] mask(int projection) {
        return masks[projection];
    }
}
