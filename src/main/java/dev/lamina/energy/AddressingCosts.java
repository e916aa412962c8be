package dev.lamina.energy;

import dev.lamina.io.Settings;

/**
 * What it costs to compute where an event's weights and membranes are: section {@code addressing} of a profile.
 *
 * @param eventPicojoules an event that enters a convolution: the place of its window from its coordinates. Layers with a single
 *     target position need none
 * @param synopPicojoules one weight and membrane of it
 */
public record AddressingCosts(double eventPicojoules, double synopPicojoules) {

    static AddressingCosts parse(Settings section) {
        AddressingCosts costs = new AddressingCosts(
                Picojoules.read(section, "event-picojoules"), Picojoules.read(section, "synop-picojoules"));
        section.done();
        return costs;
    }

    double joules(Workload work) {
        double placed = work.size().sharesWeights() ? work.eventsIn() : 0;
        return Picojoules.toJoules(placed * eventPicojoules + work.synops() * synopPicojoules);
    }
}
