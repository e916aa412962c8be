package dev.lamina.mapping;

import dev.lamina.network.Network;
import java.util.List;

/**
 * Where the spikes of a population come from: a grid of ranges of positions and groups of channels, as {@link LayerCut} numbers
 * them, each at a place of the mesh. Immutable.
 *
 * @param name the population's name
 * @param channels its channels
 * @param rangeStarts where each range of positions begins, then the number of positions
 * @param groupStarts where each group of channels begins, then the number of channels
 * @param columns by piece, the column it sends from
 * @param rows by piece, the row it sends from
 */
record Senders(String name, int channels, int[] rangeStarts, int[] groupStarts, int[] columns, int[] rows) {

    /** The input, whole, at the corner where the host puts its packets in. */
    static Senders input(Network network) {
        return new Senders(
                "input",
                network.input().channels(),
                new int[] {0, network.input().positions()},
                new int[] {0, network.input().channels()},
                new int[] {0},
                new int[] {0});
    }

    /** A layer on its cores. */
    static Senders layer(LayerCut cut, List<PlacedCore> cores) {
        return new Senders(
                cut.name(),
                cut.reach().projection().target().channels(),
                cut.rangeStarts(),
                cut.groupStarts(),
                cores.stream().mapToInt(PlacedCore::column).toArray(),
                cores.stream().mapToInt(PlacedCore::row).toArray());
    }

    /** The number of positions. */
    int positions() {
        return rangeStarts[rangeStarts.length - 1];
    }

    /** Groups of channels. */
    int groups() {
        return groupStarts.length - 1;
    }

    /** Ranges of positions. */
    int ranges() {
        return rangeStarts.length - 1;
    }

    /** The group of each channel. */
    int[] groupOf() {
        int[] groupOf = new int[channels];
        for (int group = 0; group < groups(); group++) {
            for (int channel = groupStarts[group]; channel < groupStarts[group + 1]; channel++) {
                groupOf[channel] = group;
            }
        }
        return groupOf;
    }
}
