package dev.lamina.mapping;

import dev.lamina.io.Settings;
import java.util.OptionalInt;

/**
 * A chip of {@code columns} by {@code rows} cores, each with a router of its own and a link in both directions to each neighbour.
 *
 * @param columns cores from west to east, 1 to {@value #MAX_SIDE}
 * @param rows cores from north to south, 1 to {@value #MAX_SIDE}
 * @param neuronsPerCore neurons that a core holds
 * @param synapseBytesPerCore memory of a core for synapses
 * @param weightBits bits of a weight
 * @param addressBits bits that a synapse takes beside its weight; of no meaning where weights are shared
 * @param convolution how a core keeps its synapses
 * @param axonsPerCore how many source neurons may send to a core, if there is a limit
 * @param timing how long things take
 */
public record Mesh(
        int columns,
        int rows,
        int neuronsPerCore,
        int synapseBytesPerCore,
        int weightBits,
        int addressBits,
        ConvolutionStorage convolution,
        OptionalInt axonsPerCore,
        MeshTiming timing) {

    /** The most cores on a side. */
    public static final int MAX_SIDE = 1024;

    private static final int MAX_NEURONS = 1 << 20;
    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_BITS = 64;

    /**
     * Reads the section {@code mesh} of a hardware profile; docs/mapping.md lists its keys.
     *
     * @throws dev.lamina.io.InputException if a key is missing, unknown, mistyped or out of range
     */
    public static Mesh parse(Settings settings) {
        ConvolutionStorage convolution = settings.choice("convolution", ConvolutionStorage.class);
        Mesh mesh = new Mesh(
                settings.integer("columns", 1, MAX_SIDE),
                settings.integer("rows", 1, MAX_SIDE),
                settings.integer("neurons-per-core", 1, MAX_NEURONS),
                settings.integer("synapse-bytes-per-core", 1, MAX_BYTES),
                settings.integer("weight-bits", 1, MAX_BITS),
                convolution == ConvolutionStorage.REPLICATED
                        ? settings.integer("address-bits", 0, MAX_BITS)
                        : settings.integer("address-bits", 0, MAX_BITS, 0),
                convolution,
                settings.has("axons-per-core")
                        ? OptionalInt.of(settings.integer("axons-per-core", 1, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                MeshTiming.parse(settings.section("timing")));
        settings.done();
        return mesh;
    }

    /** Cores in all. */
    public int cores() {
        return columns * rows;
    }

    /** Links in all, each direction by itself. */
    public int links() {
        return 2 * ((columns - 1) * rows + columns * (rows - 1));
    }

    /** The bytes that a core needs for so many stored synapses, or weights where they are shared. */
    public long bytes(long stored) {
        int bits = weightBits + (convolution == ConvolutionStorage.REPLICATED ? addressBits : 0);
        return (stored * bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** The column of the core at a place on the snake, which runs east in even rows and west in odd ones. */
    public int column(int place) {
        int along = place % columns;
        return row(place) % 2 == 0 ? along : columns - 1 - along;
    }

    /** The row of the core at a place on the snake. */
    public int row(int place) {
        return place / columns;
    }

    @Override
    public String toString() {
        return "mesh of " + columns + " x " + rows + " cores";
    }
}
