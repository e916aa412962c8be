package dev.lamina.data;

import org.eclipse.collections.api.list.ImmutableList;

/*
 * The darkness of a pixel falls from 1 to 0 over the soft edge of the nearest point of the line, like ink from a felt
 * pen seen by a scanner. Each straight piece of a line only touches the pixels of its surroundings.
 */
/** One sample's pen: draws polylines on a square canvas of ink. For one thread. */
final class Pen {

    private final int side;
    private final double[] ink;
    private final double radius;
    private final double edge;
    private final double pressure;
    private final double phase;

    Pen(int side, Draws draws) {
        this.side = side;
        ink = new double[side * side];
        radius = draws.within(0.75, 1.75);
        edge = draws.within(0.9, 1.6);
        pressure = draws.within(0, 0.25);
        phase = draws.within(0, 2 * Math.PI);
    }

    /** Draws the lines so large that they fill a box of {@code extent} pixels, their middle at (x, y). */
    void draw(ImmutableList<double[]> lines, double extent, double x, double y) {
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        double sumX = 0;
        double sumY = 0;
        int points = 0;
        for (double[] line : lines) {
            for (int i = 0; i < line.length; i += 2) {
                left = Math.min(left, line[i]);
                right = Math.max(right, line[i]);
                top = Math.min(top, line[i + 1]);
                bottom = Math.max(bottom, line[i + 1]);
                sumX += line[i];
                sumY += line[i + 1];
                points++;
            }
        }
        double scale = (extent - 2 * radius) / Math.max(right - left, bottom - top);
        // Between the middle of the box and the centre of mass.
        double middleX = 0.5 * (0.5 * (left + right) + sumX / points);
        double middleY = 0.5 * (0.5 * (top + bottom) + sumY / points);
        for (double[] line : lines) {
            for (int i = 0; i + 3 < line.length; i += 2) {
                piece(
                        x + (line[i] - middleX) * scale,
                        y + (line[i + 1] - middleY) * scale,
                        x + (line[i + 2] - middleX) * scale,
                        y + (line[i + 3] - middleY) * scale,
                        radius * (1 + pressure * StrictMath.sin(phase + 0.15 * i)));
            }
        }
    }

    /** The darkness of a pixel, within [0, 1]. */
    double ink(int pixel) {
        return ink[pixel];
    }

    private void piece(double x0, double y0, double x1, double y1, double width) {
        double reach = width + 0.5 * edge;
        int fromX = (int) Math.max(0, Math.min(x0, x1) - reach);
        int toX = (int) Math.min(side - 1, Math.max(x0, x1) + reach + 1);
        int fromY = (int) Math.max(0, Math.min(y0, y1) - reach);
        int toY = (int) Math.min(side - 1, Math.max(y0, y1) + reach + 1);
        double dx = x1 - x0;
        double dy = y1 - y0;
        double perLength = 1 / Math.max(dx * dx + dy * dy, 1e-12);
        for (int py = fromY; py <= toY; py++) {
            for (int px = fromX; px <= toX; px++) {
                double ax = px - x0;
                double ay = py - y0;
                double t = Math.max(0, Math.min(1, (ax * dx + ay * dy) * perLength));
                double awayX = ax - t * dx;
                double awayY = ay - t * dy;
                double squared = awayX * awayX + awayY * awayY;
                if (squared < reach * reach) {
                    double dark = Math.min(1, (reach - Math.sqrt(squared)) / edge);
                    ink[py * side + px] = Math.max(ink[py * side + px], dark);
                }
            }
        }
    }
}
