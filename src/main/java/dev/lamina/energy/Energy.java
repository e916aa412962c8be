package dev.lamina.energy;

/**
 * The energy that a spiking network takes under a hardware profile.
 *
 * @param synapsesJoules for synaptic operations, in joules, at least 0
 * @param neuronsJoules for neuron updates, in joules, at least 0
 */
public record Energy(double synapsesJoules, double neuronsJoules) {

    /** Both together, in joules. */
    public double totalJoules() {
        return synapsesJoules + neuronsJoules;
    }
}
