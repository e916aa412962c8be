package dev.lamina.energy;

import dev.lamina.io.Settings;

/**
 * What neurons cost, apart from their synapses: section {@code neuron} of a profile.
 *
 * @param updatePicojoules a neuron for a time step in which it got input
 * @param idleUpdatePicojoules a neuron for a time step without input
 * @param spikePicojoules a spike, with the reset it brings
 */
public record NeuronCosts(double updatePicojoules, double idleUpdatePicojoules, double spikePicojoules) {

    /** Reads the section; an idle update costs what any update does unless it is given, a spike nothing. */
    static NeuronCosts parse(Settings section) {
        double update = Picojoules.read(section, "update-picojoules");
        NeuronCosts costs = new NeuronCosts(
                update,
                Picojoules.read(section, "idle-update-picojoules", update),
                Picojoules.read(section, "spike-picojoules", 0));
        section.done();
        return costs;
    }

    double joules(Workload work) {
        double idle = work.neuronUpdates() - work.touchedNeuronUpdates();
        return Picojoules.toJoules(work.touchedNeuronUpdates() * updatePicojoules
                + idle * idleUpdatePicojoules
                + work.spikesOut() * spikePicojoules);
    }
}
