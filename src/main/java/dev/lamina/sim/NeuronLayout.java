package dev.lamina.sim;

/**
 * How the neurons of a population lie in memory: in blocks that are stepped together, each padded to a whole number
 * of kernel lanes. The neurons of a place, a target position or a row of them, are neighbours; where a place is wider
 * than a block it is cut into slices, and the blocks go slice by slice, place by place within a slice.
 *
 * @param places the number of places
 * @param width the neurons of a place
 * @param slice the most neurons of a block
 * @param lanes what a block is padded to a multiple of
 * @param channels the channels of the population; neuron i of a place belongs to channel {@code i % channels}
 */
record NeuronLayout(int places, int width, int slice, int lanes, int channels) {

    int slices() {
        return (width + slice - 1) / slice;
    }

    int blocks() {
        return places * slices();
    }

    /** Floats from one block to the next. */
    int stride() {
        return Synapses.roundUp(Math.min(slice, width), lanes);
    }

    int floats() {
        return blocks() * stride();
    }

    /** The slice that a block belongs to. */
    int slice(int block) {
        return block / places;
    }

    /** The index of a block's first neuron. */
    int first(int block) {
        return block % places * width + slice(block) * slice;
    }

    /** The neurons of a block, without the padding. */
    int neurons(int block) {
        return Math.min(slice, width - slice(block) * slice);
    }

    /** Where a neuron lies. */
    int offset(int neuron) {
        int place = neuron / width;
        int within = neuron % width;
        return (within / slice * places + place) * stride() + within % slice;
    }

    /** One value a channel, repeated for the neurons of a place, slice by slice, with {@code filler} for the padding. */
    float[] tile(float[] byChannel, float filler) {
        float[] tiled = new float[slices() * stride()];
        for (int i = 0; i < tiled.length; i++) {
            int within = i / stride() * slice + i % stride();
            tiled[i] = i % stride() < slice && within < width ? byChannel[within % channels] : filler;
        }
        return tiled;
    }
}
