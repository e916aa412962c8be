package dev.lamina.mapping;

import dev.lamina.io.Settings;

/**
 * How long things take on a mesh, in nanoseconds, each at least 0 and at most one second.
 *
 * @param synop a core adds one weight to one membrane
 * @param neuronUpdate a core steps one neuron
 * @param packet a link carries one packet; it carries the next only then
 * @param hop a packet gets from one core to its neighbour where nothing else is on the way
 * @param tickOverhead what each time step takes beside: the barrier that all cores wait at
 * @param shortestTick the least that a time step takes, where the hardware keeps real time; else 0
 */
public record MeshTiming(
        double synop, double neuronUpdate, double packet, double hop, double tickOverhead, double shortestTick) {

    /** A second; a longer one is a mistyped unit. */
    private static final double MAX_NANOSECONDS = 1e9;

    static MeshTiming parse(Settings settings) {
        MeshTiming timing = new MeshTiming(
                nanoseconds(settings, "synop-nanoseconds"),
                nanoseconds(settings, "neuron-update-nanoseconds"),
                nanoseconds(settings, "packet-nanoseconds"),
                nanoseconds(settings, "hop-nanoseconds"),
                nanoseconds(settings, "tick-overhead-nanoseconds"),
                settings.real("shortest-tick-nanoseconds", 0, MAX_NANOSECONDS, 0));
        settings.done();
        return timing;
    }

    /** How long a core works on so many synaptic operations and neuron updates, in nanoseconds. */
    public double work(long synops, long neuronUpdates) {
        return synops * synop + neuronUpdates * neuronUpdate;
    }

    /** How long a link carries so many packets, in nanoseconds. */
    public double carriage(long packets) {
        return packets * packet;
    }

    /**
     * How long a time step takes, in nanoseconds:
     *
     * <pre>
     * max(shortest tick, overhead + max(busiest core, busiest link) + longest route · hop)
     * </pre>
     *
     * Cores work on packets while others are still on the way, so the slower of the two sets the pace; the first packet's way comes
     * on top, taken to be the longest of the time step's.
     *
     * @param busiestCore the longest {@link #work} of a core
     * @param busiestLink the longest {@link #carriage} of a link
     * @param longestRoute the most hops that a packet makes
     */
    public double tick(double busiestCore, double busiestLink, int longestRoute) {
        return Math.max(shortestTick, tickOverhead + Math.max(busiestCore, busiestLink) + longestRoute * hop);
    }

    private static double nanoseconds(Settings settings, String key) {
        return settings.real(key, 0, MAX_NANOSECONDS);
    }
}
