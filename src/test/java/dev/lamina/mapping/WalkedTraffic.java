package dev.lamina.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.activity.SampleSpikes;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import dev.lamina.sim.SpikeBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The traffic of a placement, each packet walking by itself from core to core. */
final class WalkedTraffic {

    private record Link(int column, int row, Direction direction) {}

    private final Placement placement;
    private final Network network;
    private final List<Connectivity> projections = new ArrayList<>();
    /** By layer and neuron, the number of its core. */
    private final List<int[]> homes = new ArrayList<>();

    private final Map<Link, Long> links = new HashMap<>();
    private final long[] synops;
    private final long[] updates;
    private final long[] spikes;
    private final long[] packets;
    private final long[] hops;
    private final long[] local;
    private double total;
    private double longest;
    private long linkBound;
    private long ticks;

    WalkedTraffic(Placement placement) {
        this.placement = placement;
        network = placement.network();
        network.projections().forEach(projection -> {
            projections.add(new Connectivity(projection));
            homes.add(new int[projection.target().size()]);
        });
        for (int number = 0; number < placement.cores().size(); number++) {
            PlacedCore core = placement.cores().get(number);
            int channels = network.projections().get(core.layer()).target().channels();
            for (int position = 0; position < core.positions(); position++) {
                for (int channel = 0; channel < core.channels(); channel++) {
                    homes.get(core.layer())[
                            (core.firstPosition() + position) * channels + core.firstChannel() + channel] = number;
                }
            }
        }
        synops = new long[placement.cores().size()];
        updates = new long[synops.length];
        spikes = new long[projections.size()];
        packets = new long[projections.size()];
        hops = new long[projections.size()];
        local = new long[projections.size()];
    }

    void add(SampleSpikes sample) {
        for (int tick = 0; tick < sample.timesteps(); tick++) {
            Map<Link, Long> carried = new HashMap<>();
            long[] added = new long[synops.length];
            int farthest = 0;
            for (int layer = 0; layer < projections.size(); layer++) {
                SpikeBatch batch = sample.into(layer);
                for (int i = batch.from(tick); i < batch.to(tick); i++) {
                    farthest = Math.max(farthest, send(layer, batch.indices()[i], carried, added));
                }
            }
            endTick(carried, added, farthest);
        }
    }

    /** Sends one spike; the hops of its packet that goes farthest. */
    private int send(int layer, int neuron, Map<Link, Long> carried, long[] added) {
        Shape source = network.projections().get(layer).source();
        Shape target = network.projections().get(layer).target();
        TreeMap<Integer, Long> reached = new TreeMap<>();
        for (int position : projections.get(layer).targets.get(neuron / source.channels())) {
            for (int channel = 0; channel < target.channels(); channel++) {
                reached.merge(homes.get(layer)[position * target.channels() + channel], 1L, Long::sum);
            }
        }
        int farthest = 0;
        spikes[layer]++;
        for (Map.Entry<Integer, Long> entry : reached.entrySet()) {
            added[entry.getKey()] += entry.getValue();
            PlacedCore to = placement.cores().get(entry.getKey());
            int column = layer == 0 ? 0 : home(layer, neuron).column();
            int row = layer == 0 ? 0 : home(layer, neuron).row();
            int steps = 0;
            while (column != to.column() || row != to.row()) {
                Direction direction;
                if (column != to.column()) {
                    direction = column < to.column() ? Direction.EAST : Direction.WEST;
                } else {
                    direction = row < to.row() ? Direction.SOUTH : Direction.NORTH;
                }
                carried.merge(new Link(column, row, direction), 1L, Long::sum);
                column += direction == Direction.EAST ? 1 : direction == Direction.WEST ? -1 : 0;
                row += direction == Direction.SOUTH ? 1 : direction == Direction.NORTH ? -1 : 0;
                steps++;
            }
            packets[layer]++;
            hops[layer] += steps;
            local[layer] += steps == 0 ? 1 : 0;
            farthest = Math.max(farthest, steps);
        }
        return farthest;
    }

    private PlacedCore home(int layer, int neuron) {
        return placement.cores().get(homes.get(layer - 1)[neuron]);
    }

    private void endTick(Map<Link, Long> carried, long[] added, int farthest) {
        MeshTiming timing = placement.mesh().timing();
        double core = 0;
        for (int i = 0; i < added.length; i++) {
            int neurons = placement.cores().get(i).neurons();
            synops[i] += added[i];
            updates[i] += neurons;
            core = Math.max(core, added[i] * timing.synop() + neurons * timing.neuronUpdate());
        }
        double link = 0;
        for (long count : carried.values()) {
            link = Math.max(link, count * timing.packet());
        }
        carried.forEach((key, count) -> links.merge(key, count, Long::sum));
        double time = timing.tickOverhead() + Math.max(core, link) + farthest * timing.hop();
        time = Math.max(time, timing.shortestTick());
        total += time;
        longest = Math.max(longest, time);
        linkBound += link > core ? 1 : 0;
        ticks++;
    }

    void assertEqualTo(MeshLoad load) {
        long busiestLink = 0;
        Map<Link, Long> actual = new HashMap<>();
        for (LinkLoad link : load.links()) {
            actual.put(new Link(link.column(), link.row(), link.direction()), link.packets());
            busiestLink = Math.max(busiestLink, link.packets());
            assertTrue(link.busyShare() >= 0 && link.busyShare() <= 1 + 1e-9, link::toString);
            int column = link.column() + (link.direction() == Direction.EAST ? 1 : 0);
            assertTrue(
                    column < load.mesh().columns() && link.row() < load.mesh().rows(), link::toString);
        }
        assertEquals(links, actual);
        assertEquals(busiestLink, load.busiestLink().map(LinkLoad::packets).orElse(0L));
        assertEquals(links.values().stream().mapToLong(Long::longValue).sum(), load.hops());
        double busiest = 0;
        for (int i = 0; i < synops.length; i++) {
            CoreLoad core = load.cores().get(i);
            assertEquals(placement.cores().get(i), core.core());
            assertEquals(synops[i], core.synops(), core::toString);
            assertEquals(updates[i], core.neuronUpdates(), core::toString);
            assertTrue(core.busyShare() >= 0 && core.busyShare() <= 1 + 1e-9, core::toString);
            busiest = Math.max(busiest, core.busyShare());
        }
        assertEquals(busiest, load.busiestCore().busyShare());
        for (int i = 0; i < packets.length; i++) {
            String name = i == 0 ? "input" : network.projections().get(i - 1).name();
            assertEquals(
                    new SourceTraffic(name, spikes[i], packets[i], hops[i], local[i]),
                    load.sources().get(i));
        }
        assertEquals(ticks, load.times().ticks());
        assertEquals(linkBound, load.times().linkBound());
        assertEquals(total, load.times().total(), 1e-9 * total);
        assertEquals(longest, load.times().longest(), 1e-9 * longest);
        assertEquals(total / load.samples(), load.nanosecondsPerSample(), 1e-9 * total);
    }
}
