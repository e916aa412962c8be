package dev.lamina.mapping;

import dev.lamina.network.Axis;
import dev.lamina.network.Projection;

/**
 * Which positions of a projection's source reach which of its target. A position reaches all channels of another or none; rows and
 * columns are independent of each other. Immutable.
 */
final class Reach {

    private final Projection projection;
    private final Axis rows;
    private final Axis columns;
    private final int[][] sourceRows;
    private final int[][] sourceColumns;
    private final int[][] targetRows;
    private final int[][] targetColumns;

    Reach(Projection projection) {
        this.projection = projection;
        rows = projection.rows();
        columns = projection.columns();
        sourceRows = rows.sourcesByTarget();
        sourceColumns = columns.sourcesByTarget();
        targetRows = rows.targetsBySource();
        targetColumns = columns.targetsBySource();
    }

    Projection projection() {
        return projection;
    }

    Axis rows() {
        return rows;
    }

    Axis columns() {
        return columns;
    }

    /** The source rows that reach a target position. */
    int[] sourceRows(int target) {
        return sourceRows[target / projection.target().width()];
    }

    /** The source columns that reach a target position. */
    int[] sourceColumns(int target) {
        return sourceColumns[target % projection.target().width()];
    }

    /** By source row, the target rows that it reaches. */
    int[][] targetRows() {
        return targetRows;
    }

    /** By source column, the target columns that it reaches. */
    int[][] targetColumns() {
        return targetColumns;
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
        return (long) (rows.tapsTo(y) - rows.tapsFrom(y))
                * (columns.tapsTo(x) - columns.tapsFrom(x))
                * projection.pooled().channels();
    }
}
