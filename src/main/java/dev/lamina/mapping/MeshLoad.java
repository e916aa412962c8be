package dev.lamina.mapping;

import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What a mesh has done for some samples. Counts are exact and are sums over the samples; immutable.
 *
 * @param mesh the mesh
 * @param samples the samples
 * @param cores the cores that hold neurons, along the snake
 * @param links the links that carried packets, core by core from the north-western corner row by row
 * @param sources what each population sent: the input first, then the spiking layers in order
 * @param times the time steps
 */
public record MeshLoad(
        Mesh mesh,
        int samples,
        ImmutableList<CoreLoad> cores,
        ImmutableList<LinkLoad> links,
        ImmutableList<SourceTraffic> sources,
        TickTimes times) {

    /** Packets of all populations. */
    public long packets() {
        return sources.sumOfLong(SourceTraffic::packets);
    }

    /** Links that all packets went over: each packet's hops. */
    public long hops() {
        return sources.sumOfLong(SourceTraffic::hops);
    }

    /** Packets that went over no link. */
    public long localDeliveries() {
        return sources.sumOfLong(SourceTraffic::localDeliveries);
    }

    /** Synaptic operations of all cores. */
    public long synops() {
        return cores.sumOfLong(CoreLoad::synops);
    }

    /** Neuron updates of all cores. */
    public long neuronUpdates() {
        return cores.sumOfLong(CoreLoad::neuronUpdates);
    }

    /** A count for one sample on average; 0 without samples. */
    public double perSample(long count) {
        return samples == 0 ? 0 : (double) count / samples;
    }

    /** How long a sample takes on average, in nanoseconds: the sum of its time steps. */
    public double nanosecondsPerSample() {
        return samples == 0 ? 0 : times.total() / samples;
    }

    /** The core that worked longest, the first of several. */
    public CoreLoad busiestCore() {
        return cores.maxBy(load -> mesh.timing().work(load.synops(), load.neuronUpdates()));
    }

    /** The link that carried most packets, the first of several, if any was needed. */
    public Optional<LinkLoad> busiestLink() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.maxBy(LinkLoad::packets));
    }

    /** The part of the mesh's cores, from 0 to 1, that hold neurons. */
    public double coreUtilisation() {
        return (double) cores.size() / mesh.cores();
    }

    /** The part of what those cores could hold, from 0 to 1, that their neurons are. */
    public double neuronUtilisation() {
        return (double) cores.sumOfInt(load -> load.core().neurons()) / ((long) cores.size() * mesh.neuronsPerCore());
    }

    /** The part of those cores' synapse memory, from 0 to 1, that is used. */
    public double synapseUtilisation() {
        return (double) cores.sumOfLong(load -> load.core().synapseBytes())
                / ((long) cores.size() * mesh.synapseBytesPerCore());
    }

    /** The part of the time, from 0 to 1, that the cores which hold neurons worked, on average. */
    public double meanBusyShare() {
        return cores.sumOfDouble(CoreLoad::busyShare) / cores.size();
    }
}
