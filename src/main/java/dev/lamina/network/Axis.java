package dev.lamina.network;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One axis of a projection, its rows or its columns: which sources reach which targets through pool and kernel. A source belongs to
 * pooling windows, without a pool to one of its own; a target looks at windows through the taps of the kernel. Ranges are from inclusive to
 * exclusive. Immutable.
 */
public final class Axis {

    private final int kernel;
    private final int stride;
    private final int padding;
    private final int windows;
    private final int targets;
    private final int[] windowsFrom;
    private final int[] windowsTo;
    private final int[] targetsFrom;
    private final int[] targetsTo;

    /**
     * The axis of so many sources, windows and targets.
     *
     * @param projection whose pool, stride and padding it has
     */
    Axis(Projection projection, int sources, int windows, int kernel, int targets) {
        this.kernel = kernel;
        stride = projection.stride();
        padding = projection.padding();
        this.windows = windows;
        this.targets = targets;
        int size = projection.pool().map(AveragePool::kernel).orElse(1);
        int step = projection.pool().map(AveragePool::stride).orElse(1);
        windowsFrom = new int[sources];
        windowsTo = new int[sources];
        Arrays.setAll(windowsFrom, source -> Math.max(0, Math.floorDiv(source - size, step) + 1));
        Arrays.setAll(windowsTo, source -> Math.min(windows, source / step + 1));
        targetsFrom = new int[windows];
        targetsTo = new int[windows];
        Arrays.setAll(targetsFrom, window -> Math.max(0, Math.floorDiv(window + padding - kernel, stride) + 1));
        Arrays.setAll(targetsTo, window -> Math.min(targets, (window + padding) / stride + 1));
    }

    /** The first window that a source belongs to. */
    public int windowsFrom(int source) {
        return windowsFrom[source];
    }

    /** One behind the last window that a source belongs to. */
    public int windowsTo(int source) {
        return windowsTo[source];
    }

    /** The first target that looks at a window. */
    public int targetsFrom(int window) {
        return targetsFrom[window];
    }

    /** One behind the last target that looks at a window. */
    public int targetsTo(int window) {
        return targetsTo[window];
    }

    /** The kernel's tap by which a target looks at a window. */
    public int tap(int window, int target) {
        return window + padding - target * stride;
    }

    /** The first of the kernel's taps that is not on the padding for a target. */
    public int tapsFrom(int target) {
        return Math.min(kernel, Math.max(0, padding - target * stride));
    }

    /** One behind the last of the kernel's taps that is not on the padding for a target. */
    public int tapsTo(int target) {
        return Math.max(tapsFrom(target), Math.min(kernel, windows + padding - target * stride));
    }

    /** By source, the targets that it reaches, each once and ascending. */
    public int[][] targetsBySource() {
        int[][] reached = new int[windowsFrom.length][];
        Arrays.setAll(
                reached,
                source -> IntStream.range(windowsFrom[source], windowsTo[source])
                        .flatMap(window -> IntStream.range(targetsFrom[window], targetsTo[window]))
                        .sorted()
                        .distinct()
                        .toArray());
        return reached;
    }

    /** By target, the sources that reach it, each once and ascending. */
    public int[][] sourcesByTarget() {
        int[][] bySource = targetsBySource();
        int[] counts = new int[targets];
        for (int[] reached : bySource) {
            for (int target : reached) {
                counts[target]++;
            }
        }
        int[][] sources = new int[targets][];
        Arrays.setAll(sources, target -> new int[counts[target]]);
        for (int source = bySource.length - 1; source >= 0; source--) {
            for (int target : bySource[source]) {
                sources[target][--counts[target]] = source;
            }
        }
        return sources;
    }
}
