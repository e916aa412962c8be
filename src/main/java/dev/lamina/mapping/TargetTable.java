package dev.lamina.mapping;

import java.util.Arrays;
import org.eclipse.collections.api.factory.primitive.IntLists;
import org.eclipse.collections.api.list.primitive.MutableIntList;

/**
 * For each source position of a projection, the ranges that its target layer is cut into and that it reaches, with the number of target
 * positions that it reaches in each. Immutable.
 *
 * @param starts by source position, where its entries begin; then the number of entries
 * @param ranges by entry, the range
 * @param positions by entry, target positions reached in that range
 */
record TargetTable(int[] starts, int[] ranges, int[] positions) {

    static TargetTable of(LayerCut cut) {
        Reach reach = cut.reach();
        int width = reach.projection().target().width();
        int[] rangeOf = new int[reach.projection().target().positions()];
        for (int range = 0; range < cut.ranges(); range++) {
            Arrays.fill(rangeOf, cut.rangeStarts()[range], cut.rangeStarts()[range + 1], range);
        }
        int[] starts = new int[reach.projection().source().positions() + 1];
        MutableIntList ranges = IntLists.mutable.empty();
        MutableIntList positions = IntLists.mutable.empty();
        int source = 0;
        for (int[] rows : reach.targetRows()) {
            for (int[] columns : reach.targetColumns()) {
                // Rows and columns ascend, and so do the ranges.
                for (int row : rows) {
                    for (int column : columns) {
                        int range = rangeOf[row * width + column];
                        int last = ranges.size() - 1;
                        if (last >= starts[source] && ranges.get(last) == range) {
                            positions.set(last, positions.get(last) + 1);
                        } else {
                            ranges.add(range);
                            positions.add(1);
                        }
                    }
                }
                starts[++source] = ranges.size();
            }
        }
        return new TargetTable(starts, ranges.toArray(), positions.toArray());
    }
}
