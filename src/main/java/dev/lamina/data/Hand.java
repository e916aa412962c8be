package dev.lamina.data;

import dev.lamina.data.Skeleton.Stroke;
import java.util.Arrays;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.MutableDoubleList;

/*
 * Three things make a skeleton a handwriting, each drawn anew for every sample:
 *
 *   1. the hand misses every point a little, and the curve (a Catmull-Rom spline) passes through where it hit;
 *   2. a smooth field, a sum of waves longer than the digit, bends the whole;
 *   3. slant, rotation and proportions.
 *
 * How much of all this is the sample's carelessness: small for most, large for a few, so that most digits are plain
 * and some could be mistaken.
 */
/** One sample's way of writing: turns a skeleton into the polylines that the pen follows. For one thread. */
final class Hand {

    /** Straight pieces between two points of a skeleton. */
    private static final int PIECES = 6;

    private static final int WAVES = 2;
    private static final double TAU = 2 * Math.PI;

    private final Draws draws;
    private final double miss;
    private final double[][] waves = new double[2 * WAVES][];
    private final double xx;
    private final double xy;
    private final double yx;
    private final double yy;

    Hand(Draws draws) {
        this.draws = draws;
        double u = draws.uniform();
        double carelessness = 0.7 + 1.3 * u * u * u;
        miss = 0.030 * carelessness;
        for (int i = 0; i < waves.length; i++) {
            double amplitude = 0.040 * carelessness * draws.bell();
            waves[i] = new double[] {
                amplitude, TAU * draws.within(-0.9, 0.9), TAU * draws.within(-0.9, 0.9), TAU * draws.uniform()
            };
        }
        double angle = 0.10 * carelessness * draws.bell();
        // Negative leans to the right, as most hands do: y points downwards.
        double slant = -0.12 + 0.20 * draws.bell() * (0.5 + 0.5 * carelessness);
        double width = 0.82 + 0.14 * draws.bell();
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        xx = cos * width;
        xy = cos * slant - sin;
        yx = sin * width;
        yy = sin * slant + cos;
    }

    /** The polylines of the strokes, as {@code x, y, x, y, …}, about as large as the skeleton's unit square. */
    ImmutableList<double[]> write(Skeleton skeleton) {
        return skeleton.strokes().collect(this::polyline);
    }

    private double[] polyline(Stroke stroke) {
        MutableDoubleList line = DoubleLists.mutable.empty();
        double[] corner = {};
        for (double[] curve : stroke.curves()) {
            double[] points = Arrays.copyOf(corner, corner.length + curve.length);
            for (int i = 0; i < curve.length; i++) {
                points[corner.length + i] = curve[i] + miss * draws.bell();
            }
            addSpline(points, line);
            corner = Arrays.copyOfRange(points, points.length - 2, points.length);
        }
        double[] bent = line.toArray();
        for (int i = 0; i < bent.length; i += 2) {
            bend(bent, i);
        }
        return bent;
    }

    /** Adds points of the Catmull-Rom spline through {@code points} to {@code line}. */
    private static void addSpline(double[] points, MutableDoubleList line) {
        int last = points.length / 2 - 1;
        for (int i = 0; i < last; i++) {
            for (int piece = 0; piece < PIECES; piece++) {
                double t = (double) piece / PIECES;
                line.add(spline(points, 0, i, last, t));
                line.add(spline(points, 1, i, last, t));
            }
        }
        line.add(points[2 * last]);
        line.add(points[2 * last + 1]);
    }

    private static double spline(double[] points, int axis, int i, int last, double t) {
        double before = points[2 * Math.max(i - 1, 0) + axis];
        double from = points[2 * i + axis];
        double to = points[2 * (i + 1) + axis];
        double after = points[2 * Math.min(i + 2, last) + axis];
        double slope = to - before;
        double bow = 2 * before - 5 * from + 4 * to - after;
        double twist = 3 * (from - to) + after - before;
        return from + 0.5 * t * (slope + t * (bow + t * twist));
    }

    private void bend(double[] line, int at) {
        double x = line[at];
        double y = line[at + 1];
        double bentX = x;
        double bentY = y;
        for (int i = 0; i < WAVES; i++) {
            bentX += wave(waves[2 * i], x, y);
            bentY += wave(waves[2 * i + 1], x, y);
        }
        line[at] = xx * bentX + xy * bentY;
        line[at + 1] = yx * bentX + yy * bentY;
    }

    private static double wave(double[] wave, double x, double y) {
        return wave[0] * StrictMath.sin(wave[1] * x + wave[2] * y + wave[3]);
    }
}
