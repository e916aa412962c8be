package dev.lamina.mapping;

import dev.lamina.sim.SpikeBatch;
import java.util.Arrays;
import java.util.List;

/*
 * A time step's spikes are first counted by position and group of channels, for all spikes of one position and group go from one
 * core to the same cores. Then the counts of a core are added up by the range that they go to, and the packets of each pair of
 * cores are routed together. So a spike costs an addition, and the rest depends on the cuts alone.
 */
/** The packets between two populations: counts a time step's spikes and sends them. For one thread. */
final class ProjectionTraffic {

    private final Senders senders;
    private final int[] groupOf;
    private final TargetTable table;
    private final LayerCut cut;
    private final List<PlacedCore> targets;

    /** By group and source position: spikes of this time step. */
    private final int[] spikes;

    /** By target range: spikes that one core sends there, and the target positions that all of them reach. */
    private final long[] sent;

    private final long[] reached;
    private final int[] touched;
    private int longestRoute;
    private long spikeCount;
    private long packets;
    private long hops;
    private long local;

    /**
     * Nothing sent yet.
     *
     * @param targets the cores of the target layer, as {@code cut} numbers them
     */
    ProjectionTraffic(Senders senders, LayerCut cut, List<PlacedCore> targets) {
        this.senders = senders;
        this.cut = cut;
        this.targets = targets;
        groupOf = senders.groupOf();
        table = TargetTable.of(cut);
        spikes = new int[senders.groups() * senders.positions()];
        sent = new long[cut.ranges()];
        reached = new long[cut.ranges()];
        touched = new int[cut.ranges()];
    }

    /**
     * Sends the spikes of a time step.
     *
     * @param synops by target core, where its synaptic operations of this time step are written
     */
    void send(SpikeBatch batch, int tick, LinkCounts links, long[] synops) {
        count(batch, tick);
        longestRoute = 0;
        Arrays.fill(reached, 0);
        int sender = 0;
        for (int range = 0; range < senders.ranges(); range++) {
            for (int group = 0; group < senders.groups(); group++) {
                sendFrom(sender++, range, group, links);
            }
        }
        int target = 0;
        for (int range = 0; range < cut.ranges(); range++) {
            for (int group = 0; group < cut.groups(); group++) {
                synops[target++] = reached[range] * cut.channels(group);
            }
        }
    }

    /** The most hops of a packet of the last time step. */
    int longestRoute() {
        return longestRoute;
    }

    /** What was sent in all. */
    SourceTraffic total() {
        return new SourceTraffic(senders.name(), spikeCount, packets, hops, local);
    }

    private void count(SpikeBatch batch, int tick) {
        int[] indices = batch.indices();
        int channels = senders.channels();
        int positions = senders.positions();
        for (int i = batch.from(tick); i < batch.to(tick); i++) {
            int position = indices[i] / channels;
            spikes[groupOf[indices[i] - position * channels] * positions + position]++;
        }
        spikeCount += batch.to(tick) - batch.from(tick);
    }

    private void sendFrom(int sender, int range, int group, LinkCounts links) {
        int ranges = 0;
        int base = group * senders.positions();
        for (int position = senders.rangeStarts()[range]; position < senders.rangeStarts()[range + 1]; position++) {
            int fired = spikes[base + position];
            if (fired == 0) {
                continue;
            }
            spikes[base + position] = 0;
            for (int entry = table.starts()[position]; entry < table.starts()[position + 1]; entry++) {
                int to = table.ranges()[entry];
                if (sent[to] == 0) {
                    touched[ranges++] = to;
                }
                sent[to] += fired;
                reached[to] += (long) fired * table.positions()[entry];
            }
        }
        for (int i = 0; i < ranges; i++) {
            for (int to = 0; to < cut.groups(); to++) {
                route(sender, targets.get(touched[i] * cut.groups() + to), sent[touched[i]], links);
            }
            sent[touched[i]] = 0;
        }
    }

    private void route(int sender, PlacedCore target, long count, LinkCounts links) {
        int column = senders.columns()[sender];
        int row = senders.rows()[sender];
        int distance = Math.abs(column - target.column()) + Math.abs(row - target.row());
        links.route(column, row, target.column(), target.row(), count);
        packets += count;
        hops += count * distance;
        local += distance == 0 ? count : 0;
        longestRoute = Math.max(longestRoute, distance);
    }
}
