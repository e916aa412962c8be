package dev.lamina.sim;

import dev.lamina.data.Encoder;
import dev.lamina.data.Encoding;

/** The input population in the course of a simulation: it encodes a sample into batches. For one thread at a time. */
public final class InputSimulator {

    private final Encoding encoding;
    private final int[] indices;
    private final float[] payloads;

    /** An input population of {@code size} neurons. */
    public InputSimulator(Encoder encoder, int size) {
        encoding = encoder.encoding(size);
        indices = new int[size];
        payloads = new float[size];
    }

    /** Turns to a sample; see {@link Encoding#begin}. */
    public void begin(float[] values, long seed, int sample) {
        encoding.begin(values, seed, sample);
    }

    /** Clears {@code out} and fills it with {@code ticks} time steps of the sample from {@code firstTick} on. */
    public void run(int firstTick, int ticks, SpikeBatch out) {
        out.clear();
        boolean unit = encoding.unitPayloads();
        for (int tick = firstTick; tick < firstTick + ticks; tick++) {
            int events = encoding.encode(tick, indices, payloads);
            if (unit) {
                System.arraycopy(indices, 0, out.reserve(events), out.count(), events);
                out.advance(out.count() + events);
            } else {
                for (int i = 0; i < events; i++) {
                    out.add(indices[i], payloads[i]);
                }
            }
            out.endTick();
        }
    }
}
