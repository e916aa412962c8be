package dev.lamina.sim;

import java.util.Locale;

/*
 * Per target position and time step, the sum of active weight rows costs, for each kernel row, a branch that cannot be
 * foreseen, and for each active source its place and a load and an addition a vector. The sum of all rows costs a load, a
 * multiplication and an addition a vector, and nothing else. The figures are from the project's measurements
 * (docs/performance.md), and only their ratios matter.
 */
/**
 * Estimates whether the input of a layer is cheaper to add event by event or densely.
 *
 * @param kernelRows the rows of the kernel
 * @param sources the sources of a target neuron
 * @param vectors the vectors that hold a position's target neurons
 */
record CostModel(int kernelRows, int sources, int vectors) {

    /** Nanoseconds for a kernel row's end that the processor did not foresee. */
    private static final double BRANCH = 6;
    /** Nanoseconds for finding an active source's weight row. */
    private static final double ROW = 0.3;
    /** Nanoseconds for a vector of an active row. */
    private static final double ACTIVE_VECTOR = 0.6;
    /** Nanoseconds for a vector of any row in a dense sum. */
    private static final double DENSE_VECTOR = 0.4;

    /** The share of active sources from which on dense sums are cheaper; above 1 if they never are. */
    double breakEven() {
        double dense = sources * vectors * DENSE_VECTOR;
        return Math.max(0, dense - kernelRows * BRANCH) / (sources * (ROW + vectors * ACTIVE_VECTOR));
    }

    @Override
    public String toString() {
        double share = breakEven();
        return share > 1
                ? "never densely"
                : String.format(Locale.ROOT, "densely from %.0f %% active sources", 100 * share);
    }
}
