package dev.lamina.energy;

import dev.lamina.io.Settings;

/**
 * What synaptic operations cost: section {@code synapse} of a profile.
 *
 * @param accumulatePicojoules one weight added to one membrane because of a spike
 * @param multiplyAccumulatePicojoules one weight times an analog value, added to one membrane
 */
public record SynapseCosts(double accumulatePicojoules, double multiplyAccumulatePicojoules) {

    /** Reads the section; where {@code multiply-accumulate-picojoules} is absent, it costs what an accumulate does. */
    static SynapseCosts parse(Settings section) {
        double accumulate = Picojoules.read(section, "accumulate-picojoules");
        SynapseCosts costs =
                new SynapseCosts(accumulate, Picojoules.read(section, "multiply-accumulate-picojoules", accumulate));
        section.done();
        return costs;
    }

    double joules(Workload work) {
        return Picojoules.toJoules(
                work.accumulates() * accumulatePicojoules + work.multiplyAccumulates() * multiplyAccumulatePicojoules);
    }
}
