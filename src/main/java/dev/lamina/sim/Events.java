package dev.lamina.sim;

/**
 * The input events of one time step as a layer's synapses see them, behind the pool if there is one: source indices in
 * ascending order, each with a payload. A reusable view, for one thread.
 */
final class Events {

    int[] indices = new int[0];
    float[] payloads = new float[0];
    boolean unitPayloads = true;
    int from;
    int to;

    /** Shows a time step of a batch as it is. */
    void show(SpikeBatch batch, int tick) {
        indices = batch.indices();
        payloads = batch.payloads();
        unitPayloads = batch.unitPayloads();
        from = batch.from(tick);
        to = batch.to(tick);
    }
}
