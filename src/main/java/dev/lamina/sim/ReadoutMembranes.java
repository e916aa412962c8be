package dev.lamina.sim;

/** Membranes of neurons that only integrate. */
interface ReadoutMembranes extends Membranes {

    /** Copies the potentials of a block, padding included and in any unit, to {@code to} from {@code at} on. */
    void copy(int block, double[] to, int at);

    /** The potential of a neuron. */
    double potential(int neuron);
}
