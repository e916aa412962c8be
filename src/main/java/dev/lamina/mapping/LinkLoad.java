package dev.lamina.mapping;

/**
 * What a link has carried, over all samples.
 *
 * @param column the column of the core that it leaves
 * @param row the row of that core
 * @param direction where it leads
 * @param packets packets
 * @param busyShare the part of the time, from 0 to 1, that it was taken
 */
public record LinkLoad(int column, int row, Direction direction, long packets, double busyShare) {}
