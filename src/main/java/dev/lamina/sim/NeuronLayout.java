package dev.lamina.sim;

/**
 * How the neurons of a population lie in memory: in blocks that are stepped together, each padded to a whole number
 * of kernel lanes.
 *
 * @param blocks the number of blocks
 * @param neurons the neurons of a block
 * @param stride floats from one block to the next, at least {@code neurons}
 * @param channels the channels of the population; neuron i of a block belongs to channel {@code i % channels}
 */
record NeuronLayout(int blocks, int neurons, int stride, int channels) {

    int floats() {
        return blocks * stride;
    }

    /** One value a channel, repeated for the neurons of a block, with {@code filler} for the padding. */
    float[] tile(float[] byChannel, float filler) {
        float[] tiled = new float[stride];
        for (int i = 0; i < stride; i++) {
            tiled[i] = i < neurons ? byChannel[i % channels] : filler;
        }
        return tiled;
    }
}
