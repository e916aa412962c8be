package dev.lamina.mapping;

/** Where a link leads from its core. */
public enum Direction {
    EAST,
    WEST,
    SOUTH,
    NORTH
}
