package dev.lamina.activity;

import dev.lamina.network.Shape;
import dev.lamina.sim.SpikeBatch;
import java.util.BitSet;

/**
 * The spikes of a time step in channel-first order, which tensors have: neuron (c, y, x) has the number
 * {@code (c · height + y) · width + x}, and numbers ascend. Reusable for time step after time step; for one thread.
 */
final class ChannelFirst {

    private final Shape shape;
    private final BitSet active = new BitSet();
    /** By number; empty until the first payload that is not 1. */
    private float[] payloads = new float[0];

    private boolean unit = true;

    ChannelFirst(Shape shape) {
        this.shape = shape;
    }

    /** Turns to a time step of a batch, whose indices are those of the simulator. */
    void take(SpikeBatch batch, int tick) {
        active.clear();
        unit = batch.unitPayloads();
        if (!unit && payloads.length == 0) {
            payloads = new float[shape.size()];
        }
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            int index = batch.indices()[n];
            int position = index / shape.channels();
            int number = (index - position * shape.channels()) * shape.positions() + position;
            active.set(number);
            if (!unit) {
                payloads[number] = batch.payloads()[n];
            }
        }
    }

    /** The first neuron from {@code from} on that has a spike; −1 if there is none. */
    int next(int from) {
        return active.nextSetBit(from);
    }

    /** Whether every payload is 1. */
    boolean unitPayloads() {
        return unit;
    }

    /** The payload of a neuron that has a spike. */
    float payload(int number) {
        return unit ? 1 : payloads[number];
    }
}
