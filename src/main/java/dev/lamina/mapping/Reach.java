package dev.lamina.mapping;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;

/**
 * Which positions of a projection's source reach which of its target, and through which taps of the kernel. A position reaches all
 * channels of another or none; rows and columns are independent of each other. Immutable.
 */
record Reach(Projection projection, AxisReach rows, AxisReach columns) {

    static Reach of(Projection projection) {
        AxisReach.Geometry down = geometry(projection, projection.kernelHeight());
        AxisReach.Geometry across = geometry(projection, projection.kernelWidth());
        return new Reach(
                projection,
                AxisReach.of(
                        projection.source().height(),
                        projection.pooled().height(),
                        projection.target().height(),
                        down),
                AxisReach.of(
                        projection.source().width(),
                        projection.pooled().width(),
                        projection.target().width(),
                        across));
    }

    private static AxisReach.Geometry geometry(Projection projection, int kernel) {
        return new AxisReach.Geometry(
                projection.pool().map(AveragePool::kernel).orElse(1),
                projection.pool().map(AveragePool::stride).orElse(1),
                kernel,
                projection.stride(),
                projection.padding());
    }

    /** The source rows that reach a target position. */
    int[] sourceRows(int target) {
        return rows.sources()[target / projection.target().width()];
    }

    /** The source columns that reach a target position. */
    int[] sourceColumns(int target) {
        return columns.sources()[target % projection.target().width()];
    }

    /** How many source neurons reach each neuron of a target position: its synapses. */
    long fanIn(int target) {
        return (long) sourceRows(target).length
                * sourceColumns(target).length
                * projection.source().channels();
    }

    /** The kernel weights that each neuron of a target position uses. */
    long weights(int target) {
        int y = target / projection.target().width();
        int x = target % projection.target().width();
        return (long) (rows.endTap()[y] - rows.firstTap()[y])
                * (columns.endTap()[x] - columns.firstTap()[x])
                * projection.pooled().channels();
    }
}
