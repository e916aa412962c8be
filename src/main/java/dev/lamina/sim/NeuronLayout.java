package dev.lamina.sim;

import java.util.Arrays;

/**
 * How the neurons of a population lie in memory: in blocks that are stepped together, each padded to a whole number
 * of kernel lanes. The neurons of a place, a target position or a row of them, are neighbours; where a place is wider
 * than a block it is cut into slices, and the blocks go slice by slice, place by place within a slice.
 */
final class NeuronLayout {

    private final int places;
    private final int width;
    private final int slice;
    private final int channels;
    private final int slices;
    private final int length;
    private final int gap;
    private final LaneOrder order;

    /**
     * Blocks with a gap before each and after the last, for whatever comes there.
     *
     * @param places the number of places
     * @param width the neurons of a place
     * @param slice the most neurons of a block
     * @param lanes what a block is padded to a multiple of
     * @param channels the channels of the population; neuron i of a place belongs to channel {@code i % channels}
     * @param gap the floats of a gap, a multiple of the lanes
     * @param order the order of the neurons of a block
     */
    NeuronLayout(int places, int width, int slice, int lanes, int channels, int gap, LaneOrder order) {
        this.places = places;
        this.width = width;
        this.slice = Math.min(slice, width);
        this.channels = channels;
        this.gap = gap;
        this.order = order;
        slices = (width + this.slice - 1) / this.slice;
        // Kernels fire up to four vectors at a time.
        int padded = Math.max(this.slice > 2 * lanes ? 4 * lanes : lanes, order.length());
        length = Synapses.roundUp(this.slice, padded);
    }

    /** The number of neurons. */
    int neurons() {
        return places * width;
    }

    /** The most neurons of a block. */
    int slice() {
        return slice;
    }

    int slices() {
        return slices;
    }

    int blocks() {
        return places * slices;
    }

    /** The floats of a block, with its padding. */
    int blockLength() {
        return length;
    }

    /** Floats from one block to the next. */
    int stride() {
        return length + gap;
    }

    int floats() {
        return blocks() * stride() + gap;
    }

    /** Where a block begins. */
    int blockOffset(int block) {
        return gap + block * stride();
    }

    /** By block: the index of its first neuron. */
    int[] firstNeurons() {
        int[] first = new int[blocks()];
        Arrays.setAll(first, block -> block % places * width + block / places * slice);
        return first;
    }

    /** By block: where its slice begins in what {@link #tile} gives. */
    int[] tileOffsets() {
        int[] offsets = new int[blocks()];
        Arrays.setAll(offsets, block -> block / places * length);
        return offsets;
    }

    /** By block: its neurons, without the padding. */
    int[] sizes() {
        int[] sizes = new int[blocks()];
        Arrays.setAll(sizes, block -> Math.min(slice, width - block / places * slice));
        return sizes;
    }

    /** Where a neuron lies. */
    int offset(int neuron) {
        int place = neuron / width;
        int within = neuron % width;
        return blockOffset(within / slice * places + place) + order.of(within % slice);
    }

    /** By neuron of a block: where in the block it lies. */
    int[] lanePlaces() {
        int[] lanePlaces = new int[slice];
        Arrays.setAll(lanePlaces, order::of);
        return lanePlaces;
    }

    /** One value a channel, repeated for the neurons of a place, slice by slice, with {@code filler} for the padding. */
    float[] tile(float[] byChannel, float filler) {
        float[] tiled = new float[slices * length];
        Arrays.fill(tiled, filler);
        for (int i = 0; i < width; i++) {
            tiled[i / slice * length + order.of(i % slice)] = byChannel[i % channels];
        }
        return tiled;
    }

    /** Potentials of all neurons, one value a channel. */
    float[] spread(float[] byChannel) {
        float[] spread = new float[floats()];
        for (int neuron = 0; neuron < neurons(); neuron++) {
            spread[offset(neuron)] = byChannel[neuron % channels];
        }
        return spread;
    }
}
