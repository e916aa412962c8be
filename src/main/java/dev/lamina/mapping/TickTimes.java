package dev.lamina.mapping;

/**
 * How long time steps take on a mesh, by {@link MeshTiming#tick}, in nanoseconds.
 *
 * @param ticks time steps of all samples
 * @param linkBound how many of them a link set the pace of, and not a core
 * @param total all of them together
 * @param longest the longest
 */
public record TickTimes(long ticks, long linkBound, double total, double longest) {

    /** The mean; 0 if there are none. */
    public double mean() {
        return ticks == 0 ? 0 : total / ticks;
    }
}
