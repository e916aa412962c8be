package dev.lamina.mapping;

import dev.lamina.activity.SampleSpikes;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/**
 * The traffic of a placed network, added up sample by sample. Each spike becomes a packet to every core with at least one of its
 * targets, from its own core or, for the input, from the corner at column 0 and row 0; each goes along its row first, then along the
 * column of its target. All counts are exact. Its size depends on the network and the mesh, not on the samples. For one thread.
 */
public final class Traffic {

    private final Placement placement;
    private final MeshTiming timing;
    private final ImmutableList<ProjectionTraffic> projections;
    private final LinkCounts links;
    private final int linkRows;

    /** By layer: synaptic operations of its cores in this time step, and in all. */
    private final long[][] synops;

    private final long[][] totalSynops;
    private int samples;
    private long ticks;
    private long linkBound;
    private double total;
    private double longest;

    /** No traffic yet. */
    public Traffic(Placement placement) {
        this.placement = placement;
        timing = placement.mesh().timing();
        ImmutableList<LayerCut> cuts = placement.cuts();
        List<ProjectionTraffic> all = new ArrayList<>(cuts.size());
        synops = new long[cuts.size()][];
        totalSynops = new long[cuts.size()][];
        Senders senders = Senders.input(placement.network());
        int first = 0;
        for (int layer = 0; layer < cuts.size(); layer++) {
            LayerCut cut = cuts.get(layer);
            int end = first + (int) cut.pieces();
            List<PlacedCore> cores = placement.cores().castToList().subList(first, end);
            all.add(new ProjectionTraffic(senders, cut, cores));
            synops[layer] = new long[cores.size()];
            totalSynops[layer] = new long[cores.size()];
            senders = Senders.layer(cut, cores);
            first = end;
        }
        projections = Lists.immutable.ofAll(all);
        linkRows = placement.cores().getLast().row() + 1;
        links = new LinkCounts(placement.mesh().columns(), linkRows);
    }

    /**
     * Adds a sample.
     *
     * @throws IllegalArgumentException if its spikes are not those of the placed network
     */
    public void add(SampleSpikes spikes) {
        if (spikes.populations().size() != projections.size()) {
            throw new IllegalArgumentException("spikes of "
                    + spikes.populations().size() + " populations for " + projections.size() + " projections");
        }
        for (int tick = 0; tick < spikes.timesteps(); tick++) {
            int longestRoute = 0;
            for (int layer = 0; layer < projections.size(); layer++) {
                ProjectionTraffic projection = projections.get(layer);
                projection.send(spikes.into(layer), tick, links, synops[layer]);
                longestRoute = Math.max(longestRoute, projection.longestRoute());
            }
            double busiestCore = work();
            double busiestLink = timing.carriage(links.settle());
            double time = timing.tick(busiestCore, busiestLink, longestRoute);
            total += time;
            longest = Math.max(longest, time);
            linkBound += busiestLink > busiestCore ? 1 : 0;
            ticks++;
        }
        samples++;
    }

    /** What was added up so far. */
    public MeshLoad load() {
        MutableList<CoreLoad> cores = Lists.mutable.empty();
        for (long[] layer : totalSynops) {
            for (long done : layer) {
                PlacedCore core = placement.cores().get(cores.size());
                long updates = core.neurons() * ticks;
                cores.add(new CoreLoad(core, done, updates, share(timing.work(done, updates))));
            }
        }
        return new MeshLoad(
                placement.mesh(),
                samples,
                cores.toImmutable(),
                linkLoads(),
                projections.collect(ProjectionTraffic::total),
                new TickTimes(ticks, linkBound, total, longest));
    }

    /** Adds up a time step's synaptic operations; how long the busiest core works. */
    private double work() {
        double busiest = 0;
        int core = 0;
        for (int layer = 0; layer < synops.length; layer++) {
            for (int i = 0; i < synops[layer].length; i++) {
                totalSynops[layer][i] += synops[layer][i];
                int neurons = placement.cores().get(core++).neurons();
                busiest = Math.max(busiest, timing.work(synops[layer][i], neurons));
            }
        }
        return busiest;
    }

    private ImmutableList<LinkLoad> linkLoads() {
        MutableList<LinkLoad> loads = Lists.mutable.empty();
        for (int row = 0; row < linkRows; row++) {
            for (int column = 0; column < placement.mesh().columns(); column++) {
                for (Direction direction : Direction.values()) {
                    long packets = links.packets(column, row, direction);
                    if (packets > 0) {
                        loads.add(new LinkLoad(column, row, direction, packets, share(timing.carriage(packets))));
                    }
                }
            }
        }
        return loads.toImmutable();
    }

    private double share(double nanoseconds) {
        return total == 0 ? 0 : nanoseconds / total;
    }
}
