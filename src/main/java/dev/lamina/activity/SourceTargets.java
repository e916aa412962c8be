package dev.lamina.activity;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;

/**
 * Along one axis of a projection: which pooling windows a source belongs to, and which targets look at a window. Ranges are from
 * inclusive to exclusive; without a pool each source is a window of its own.
 */
final class SourceTargets {

    private final int window;
    private final int step;
    private final int windows;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final int targets;

    private SourceTargets(Projection projection, int windows, int kernel, int targets) {
        window = projection.pool().map(AveragePool::kernel).orElse(1);
        step = projection.pool().map(AveragePool::stride).orElse(1);
        this.windows = windows;
        this.kernel = kernel;
        stride = projection.stride();
        padding = projection.padding();
        this.targets = targets;
    }

    static SourceTargets rows(Projection projection) {
        return new SourceTargets(
                projection,
                projection.pooled().height(),
                projection.kernelHeight(),
                projection.target().height());
    }

    static SourceTargets columns(Projection projection) {
        return new SourceTargets(
                projection,
                projection.pooled().width(),
                projection.kernelWidth(),
                projection.target().width());
    }

    int windowsFrom(int source) {
        return Math.max(0, Math.floorDiv(source - window, step) + 1);
    }

    int windowsTo(int source) {
        return Math.min(windows, source / step + 1);
    }

    int targetsFrom(int window) {
        return Math.max(0, Math.floorDiv(window + padding - kernel, stride) + 1);
    }

    int targetsTo(int window) {
        return Math.min(targets, (window + padding) / stride + 1);
    }

    /** The kernel's tap by which a target looks at a window. */
    int tap(int window, int target) {
        return window + padding - target * stride;
    }
}
