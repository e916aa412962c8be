package dev.lamina.energy;

import dev.lamina.io.Settings;

/**
 * What moving spikes costs: section {@code traffic} of a profile.
 *
 * @param packetPicojoules a packet, wherever it goes
 * @param hopPicojoules its way from one router to the next
 */
public record TrafficCosts(double packetPicojoules, double hopPicojoules) {

    static TrafficCosts parse(Settings section) {
        TrafficCosts costs = new TrafficCosts(
                Picojoules.read(section, "packet-picojoules"), Picojoules.read(section, "hop-picojoules"));
        section.done();
        return costs;
    }

    double joules(Workload work) {
        return Picojoules.toJoules(work.packets() * packetPicojoules + work.hops() * hopPicojoules);
    }
}
