package dev.lamina.data;

import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The way a pen goes to write a digit, before any hand makes it its own.
 *
 * @param strokes the strokes in order; between two of them the pen is lifted
 */
record Skeleton(ImmutableList<Stroke> strokes) {

    /**
     * What is written without lifting the pen: smooth curves that meet in corners.
     *
     * @param curves the points each curve passes through, as {@code x, y, x, y, …} within a unit square, y downwards;
     *     a curve starts where the one before it ends
     */
    record Stroke(ImmutableList<double[]> curves) {}

    /**
     * Reads points in percent: {@code x,y} with blanks between, {@code |} where the pen turns a corner, {@code /} where
     * it is lifted. A corner belongs to the curve before it.
     */
    static Skeleton of(String path) {
        return new Skeleton(Lists.immutable.of(path.split("/", -1)).collect(Skeleton::stroke));
    }

    private static Stroke stroke(String path) {
        return new Stroke(Lists.immutable.of(path.split("\\|", -1)).collect(Skeleton::curve));
    }

    private static double[] curve(String path) {
        String[] numbers = path.strip().split("[ ,]+", -1);
        double[] points = new double[numbers.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = Integer.parseInt(numbers[i]) / 100.0;
        }
        return points;
    }
}
