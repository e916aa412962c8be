package dev.lamina.energy;

import dev.lamina.io.Settings;

/**
 * What the ordinary network costs in the same technology, memory apart: section {@code ann} of a profile.
 *
 * @param multiplyAccumulatePicojoules a multiply-accumulate
 * @param outputPicojoules an output value, for its bias
 * @param addressPicojoules a step of a loop over inputs, outputs or weights
 */
public record AnnCosts(double multiplyAccumulatePicojoules, double outputPicojoules, double addressPicojoules) {

    static AnnCosts parse(Settings section) {
        AnnCosts costs = new AnnCosts(
                Picojoules.read(section, "multiply-accumulate-picojoules"),
                Picojoules.read(section, "output-picojoules", 0),
                Picojoules.read(section, "address-picojoules", 0));
        section.done();
        return costs;
    }

    double synapseJoules(Workload.Size size) {
        double addresses = size.weights() + (size.sharesWeights() ? size.pooledNeurons() + size.neurons() : 0);
        return Picojoules.toJoules(size.macs() * multiplyAccumulatePicojoules + addresses * addressPicojoules);
    }

    double neuronJoules(Workload.Size size) {
        return Picojoules.toJoules(size.neurons() * outputPicojoules);
    }
}
