package dev.lamina.activity;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import java.util.Arrays;

/**
 * Along one axis of a projection: which pooling windows a source belongs to, and which targets look at a window. Ranges are from
 * inclusive to exclusive; without a pool each source is a window of its own.
 */
final class SourceTargets {

    private final int kernel;
    private final int stride;
    private final int padding;
    private final int targets;
    private final int[] windowsFrom;
    private final int[] windowsTo;
    private final int[] targetsFrom;
    private final int[] targetsTo;

    private SourceTargets(Projection projection, int sources, int windows, int kernel, int targets) {
        this.kernel = kernel;
        stride = projection.stride();
        padding = projection.padding();
        this.targets = targets;
        int window = projection.pool().map(AveragePool::kernel).orElse(1);
        int step = projection.pool().map(AveragePool::stride).orElse(1);
        windowsFrom = new int[sources];
        windowsTo = new int[sources];
        Arrays.setAll(windowsFrom, source -> Math.max(0, Math.floorDiv(source - window, step) + 1));
        Arrays.setAll(windowsTo, source -> Math.min(windows, source / step + 1));
        targetsFrom = new int[windows];
        targetsTo = new int[windows];
        Arrays.setAll(targetsFrom, this::firstTarget);
        Arrays.setAll(targetsTo, this::endOfTargets);
    }

    private int firstTarget(int window) {
        return Math.max(0, Math.floorDiv(window + padding - kernel, stride) + 1);
    }

    private int endOfTargets(int window) {
        return Math.min(targets, (window + padding) / stride + 1);
    }

    static SourceTargets rows(Projection projection) {
        return new SourceTargets(
                projection,
                projection.source().height(),
                projection.pooled().height(),
                projection.kernelHeight(),
                projection.target().height());
    }

    static SourceTargets columns(Projection projection) {
        return new SourceTargets(
                projection,
                projection.source().width(),
                projection.pooled().width(),
                projection.kernelWidth(),
                projection.target().width());
    }

    int windowsFrom(int source) {
        return windowsFrom[source];
    }

    int windowsTo(int source) {
        return windowsTo[source];
    }

    int targetsFrom(int window) {
        return targetsFrom[window];
    }

    int targetsTo(int window) {
        return targetsTo[window];
    }

    /** The kernel's tap by which a target looks at a window. */
    int tap(int window, int target) {
        return window + padding - target * stride;
    }
}
