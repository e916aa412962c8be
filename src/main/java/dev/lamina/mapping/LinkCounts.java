package dev.lamina.mapping;

import java.util.Arrays;

/*
 * A route is a run along a row and then a run along a column. Each run is noted by what it adds at its first link and takes away behind
 * its last; adding up along the row or column, once a time step, gives the packets of every link. So a route costs the same however
 * long it is.
 */
/** The packets on the directed links of a mesh, routed X first, then Y; in this time step and in all. For one thread. */
final class LinkCounts {

    /** Links of one direction, line by line; a line has one entry more than cores, for what ends there. */
    private static final class Lines {
        private final long[] changes;
        private final long[] totals;
        private final int length;

        Lines(int lines, int cores) {
            length = cores + 1;
            changes = new long[lines * length];
            totals = new long[lines * length];
        }

        /** Adds packets to the links of the cores from {@code first} to {@code end}, exclusive. */
        void add(int line, int first, int end, long packets) {
            changes[line * length + first] += packets;
            changes[line * length + end] -= packets;
        }

        /** Ends a time step; the most packets on one link. A line's changes add up to 0. */
        long settle() {
            long most = 0;
            long packets = 0;
            for (int i = 0; i < changes.length; i++) {
                packets += changes[i];
                totals[i] += packets;
                most = Math.max(most, packets);
            }
            Arrays.fill(changes, 0);
            return most;
        }
    }

    private final Lines east;
    private final Lines west;
    private final Lines south;
    private final Lines north;

    LinkCounts(int columns, int rows) {
        east = new Lines(rows, columns);
        west = new Lines(rows, columns);
        south = new Lines(columns, rows);
        north = new Lines(columns, rows);
    }

    /** Sends packets from one core to another. */
    void route(int fromColumn, int fromRow, int toColumn, int toRow, long packets) {
        if (fromColumn < toColumn) {
            east.add(fromRow, fromColumn, toColumn, packets);
        } else if (fromColumn > toColumn) {
            west.add(fromRow, toColumn + 1, fromColumn + 1, packets);
        }
        if (fromRow < toRow) {
            south.add(toColumn, fromRow, toRow, packets);
        } else if (fromRow > toRow) {
            north.add(toColumn, toRow + 1, fromRow + 1, packets);
        }
    }

    /** Ends a time step; the most packets that one link carried in it. */
    long settle() {
        return Math.max(Math.max(east.settle(), west.settle()), Math.max(south.settle(), north.settle()));
    }

    /** The packets, over all time steps, on the link that leaves a core. */
    long packets(int column, int row, Direction direction) {
        return switch (direction) {
            case EAST -> east.totals[row * east.length + column];
            case WEST -> west.totals[row * west.length + column];
            case SOUTH -> south.totals[column * south.length + row];
            case NORTH -> north.totals[column * north.length + row];
        };
    }
}
