package dev.lamina.sim;

/**
 * By source neuron, which runs of weights its event adds to which potentials: run r of {@code count}, for r ascending, is
 * {@code width} weights from {@code weights + r · weightStep} on, added to the potentials from {@code u + r · uStep} on.
 * Immutable once it is filled.
 */
public final class RunTable {

    /** The entries of a source neuron: first weight, first potential, number of runs. */
    static final int ENTRIES = 3;

    /** The entries of all source neurons. */
    final int[] entries;

    /** The length of a run, a multiple of the kernel's lanes. */
    final int width;

    /** From one run of weights to the next. */
    final int weightStep;

    /** From one run of potentials to the next. */
    final int uStep;

    RunTable(int sources, int width, int weightStep, int uStep) {
        entries = new int[Math.multiplyExact(sources, ENTRIES)];
        this.width = width;
        this.weightStep = weightStep;
        this.uStep = uStep;
    }

    void set(int source, int weights, int u, int count) {
        entries[source * ENTRIES] = weights;
        entries[source * ENTRIES + 1] = u;
        entries[source * ENTRIES + 2] = count;
    }
}
