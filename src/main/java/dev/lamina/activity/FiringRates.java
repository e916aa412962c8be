package dev.lamina.activity;

/**
 * How often the neurons of a population fire, over all samples.
 *
 * @param edges the bounds of the histogram's bins in spikes a neuron and time step, ascending, one more than bins; a bin holds its lower
 *     bound but not its upper, the last holds both
 * @param neurons how many neurons have a rate in each bin
 * @param silent neurons that never fired
 * @param saturated neurons that fired in at least {@link #SATURATED} of the time steps
 * @param intervals inter-spike intervals within a sample: at index i, how many were of i + 1 time steps; the last place also has
 *     all longer ones
 */
public record FiringRates(double[] edges, long[] neurons, long silent, long saturated, long[] intervals) {

    /** A neuron with a higher rate can hardly say more. */
    public static final double SATURATED = 0.9;

    private static final double[] EDGES = {0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

    static FiringRates of(long[] spikes, long steps, long[] intervals) {
        long[] neurons = new long[EDGES.length - 1];
        long silent = 0;
        long saturated = 0;
        for (long count : spikes) {
            double rate = steps == 0 ? 0 : (double) count / steps;
            int bin = neurons.length - 1;
            while (rate < EDGES[bin]) {
                bin--;
            }
            neurons[bin]++;
            silent += count == 0 ? 1 : 0;
            saturated += rate >= SATURATED ? 1 : 0;
        }
        return new FiringRates(EDGES.clone(), neurons, silent, saturated, intervals);
    }
}
