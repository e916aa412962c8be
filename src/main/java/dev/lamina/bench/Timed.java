package dev.lamina.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long the same work took, several times.
 *
 * @param median the median, in seconds; of an even number of times the later of the two in the middle
 * @param min the shortest
 * @param max the longest
 */
public record Timed(double median, double min, double max) {

    /** Sums up at least one time. */
    static Timed of(List<Double> seconds) {
        double[] sorted = seconds.stream().mapToDouble(s -> s).toArray();
        Arrays.sort(sorted);
        return new Timed(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
