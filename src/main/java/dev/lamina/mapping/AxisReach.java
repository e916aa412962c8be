package dev.lamina.mapping;

import java.util.Arrays;
import org.eclipse.collections.api.factory.primitive.IntSets;
import org.eclipse.collections.api.set.primitive.MutableIntSet;

/**
 * Along one axis of a projection, which inputs reach which outputs through pool and kernel. Immutable.
 *
 * @param sources by output, the inputs that reach it, ascending
 * @param targets by input, the outputs that it reaches, ascending
 * @param firstTap by output, the first tap of the kernel that is not on the padding
 * @param endTap by output, one behind the last such tap
 */
record AxisReach(int[][] sources, int[][] targets, int[] firstTap, int[] endTap) {

    /** The pool's window and step, 1 and 1 without one, then the kernel's. */
    record Geometry(int window, int step, int kernel, int stride, int padding) {}

    static AxisReach of(int inputs, int pooled, int outputs, Geometry geometry) {
        int[][] sources = new int[outputs][];
        int[] firstTap = new int[outputs];
        int[] endTap = new int[outputs];
        MutableIntSet[] reached = new MutableIntSet[inputs];
        Arrays.setAll(reached, i -> IntSets.mutable.empty());
        for (int output = 0; output < outputs; output++) {
            int start = output * geometry.stride - geometry.padding;
            firstTap[output] = Math.max(0, -start);
            endTap[output] = Math.min(geometry.kernel, pooled - start);
            MutableIntSet seen = IntSets.mutable.empty();
            for (int tap = firstTap[output]; tap < endTap[output]; tap++) {
                for (int i = 0; i < geometry.window; i++) {
                    int input = (start + tap) * geometry.step + i;
                    seen.add(input);
                    reached[input].add(output);
                }
            }
            sources[output] = seen.toSortedArray();
        }
        int[][] targets = new int[inputs][];
        Arrays.setAll(targets, i -> reached[i].toSortedArray());
        return new AxisReach(sources, targets, firstTap, endTap);
    }
}
