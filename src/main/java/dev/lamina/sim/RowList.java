package dev.lamina.sim;

/*
 * The events under one kernel row are neighbours in the list of a time step's events, and so are their weight rows but for a
 * shift. A list is therefore some parts of a longer one: mostly three, and it costs nothing to make.
 */
/**
 * The weight rows that the events under one block's kernel add up, in the contract's order: where each row begins, and its
 * payload unless all are 1. A view, pointed at one list after the other; for one thread.
 */
public final class RowList {

    private static final float[] NONE = {};

    int[] rows = {};
    float[] payloads = NONE;
    /** By part: where it begins and ends in {@code rows}, and what is to be added to its entries. */
    final int[] from;

    final int[] to;
    final int[] shift;
    int parts;
    /** The sum of all payloads' magnitudes; unknown, and 0, where payloads are not whole numbers. */
    int magnitude;

    /** A list of up to {@code parts} parts, empty. */
    public RowList(int parts) {
        from = new int[parts];
        to = new int[parts];
        shift = new int[parts];
    }

    /**
     * Points at rows of payload 1 in one part, which begin at {@code rows[n]} for n from {@code from} to {@code to}.
     *
     * @return this
     */
    public RowList of(int[] rows, int from, int to) {
        pointAt(rows, NONE);
        add(from, to, 0);
        return this;
    }

    /** Points at {@code rows} and {@code payloads}, of which an empty array means 1 for all; no part of them yet. */
    void pointAt(int[] rows, float[] payloads) {
        this.rows = rows;
        this.payloads = payloads;
        clear();
    }

    /** Forgets the parts. */
    void clear() {
        parts = 0;
        magnitude = 0;
    }

    /** Adds a part. */
    void add(int from, int to, int shift) {
        this.from[parts] = from;
        this.to[parts] = to;
        this.shift[parts++] = shift;
    }

    /** Whether all payloads are 1. */
    boolean isUnit() {
        return payloads.length == 0;
    }
}
