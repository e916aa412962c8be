package dev.lamina.sim;

/**
 * The source values under one target position's kernel, zeros and all: {@code rows} runs of {@code length} values, and as many
 * weight rows, which follow each other. A view that is moved from position to position; for one thread.
 */
public final class DenseWindow {

    /** The source values, in whichever arithmetic they are wanted. */
    float[] floats = {};

    short[] shorts = {};
    /** Where the first run begins. */
    int at;
    /** From one run to the next. */
    int pitch;

    int rows;
    int length;
    /** Where the weight row of the first value begins. */
    int weights;

    DenseWindow() {}
}
