package dev.lamina.mapping;

/**
 * A core that holds neurons: those of some channels at a range of a layer's positions, row by row.
 *
 * @param column from 0 in the west
 * @param row from 0 in the north
 * @param layer the number of the layer, from 0; the readout's is the last
 * @param layerName its name
 * @param firstPosition the first position, counted row by row
 * @param positions how many positions, at least 1
 * @param firstChannel the first channel
 * @param channels how many channels, at least 1
 * @param axons the source neurons that send to the core
 * @param synapseBytes the bytes of its synapses
 */
public record PlacedCore(
        int column,
        int row,
        int layer,
        String layerName,
        int firstPosition,
        int positions,
        int firstChannel,
        int channels,
        int axons,
        long synapseBytes) {

    /** Neurons that the core holds. */
    public int neurons() {
        return positions * channels;
    }
}
