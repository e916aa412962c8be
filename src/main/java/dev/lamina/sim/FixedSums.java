package dev.lamina.sim;

import java.util.Arrays;

/*
 * A row adds at most its payload times the largest weight. As long as all rows of a list together stay within 15 bits, they are
 * added straight to potentials, which have 15 bits as well. Longer lists are cut into parts that stay within 16, and the parts are
 * summed in 32 bits: so the sum is exact, whatever its order.
 */
/** Exact sums of 16-bit weight rows. For one thread. */
final class FixedSums {

    private static final float[] NO_PAYLOADS = {};

    private final NeuronLayout layout;
    private final short[] weights;
    private final FixedKernel kernel;
    private final int weightLimit;
    private final short[] part;
    private final int[] wide;
    /** The sum of payloads that rows may have for 16 bits to hold their sum. */
    private final int most;

    private final RowList some = new RowList(1);

    FixedSums(NeuronLayout layout, short[] weights, FixedKernel kernel, int weightLimit) {
        this.layout = layout;
        this.weights = weights;
        this.kernel = kernel;
        this.weightLimit = weightLimit;
        part = new short[layout.blockLength()];
        most = Short.MAX_VALUE / weightLimit;
        wide = new int[layout.blockLength()];
    }

    FixedKernel kernel() {
        return kernel;
    }

    /** Whether no sum of these rows can exceed {@code limit}. */
    boolean within(int limit, RowList rows) {
        return (long) rows.magnitude * weightLimit <= limit;
    }

    /** Adds rows to potentials, whose sum must stay within 16 bits. */
    void addTo(short[] u, int block, RowList rows) {
        kernel.addRows(weights, rows, u, layout.blockOffset(block), layout.blockLength());
    }

    /** Adds a window to potentials, whose sum must stay within 16 bits. */
    void addTo(short[] u, int block, DenseWindow window) {
        kernel.addDense(weights, window, u, layout.blockOffset(block), layout.blockLength());
    }

    /** Adds rows to potentials, which then saturate. */
    void addSaturated(short[] u, int block, RowList rows) {
        Arrays.fill(wide, 0);
        if (rows.magnitude <= most) {
            kernel.addRows(weights, rows, part, 0, part.length);
            widenPart();
        } else {
            for (int i = 0; i < rows.parts; i++) {
                for (int from = rows.from[i]; from < rows.to[i]; ) {
                    from = addSome(rows, i, from);
                    widenPart();
                }
            }
        }
        kernel.addSaturated(wide, u, layout.blockOffset(block), wide.length, FixedPoint.POTENTIAL_LIMIT);
    }

    /** Adds rows to 32-bit sums, from {@code offset} on, as many as a block has. */
    void addTo(int[] sums, int offset, RowList rows) {
        for (int i = 0; i < rows.parts; i++) {
            for (int from = rows.from[i]; from < rows.to[i]; ) {
                from = addSome(rows, i, from);
                movePart(sums, offset);
            }
        }
    }

    /** Adds a window, whose own sum stays within 16 bits, to 32-bit sums from {@code offset} on. */
    void addTo(int[] sums, int offset, DenseWindow window) {
        kernel.addDense(weights, window, part, 0, part.length);
        movePart(sums, offset);
    }

    /** Adds as many rows as 16 bits surely hold, at least one, to the part; returns where the next begin. */
    private int addSome(RowList rows, int i, int from) {
        int to = from;
        if (rows.isUnit()) {
            to = Math.min(rows.to[i], from + most);
        } else {
            for (int payloads = 0; to < rows.to[i]; to++) {
                payloads += (int) Math.abs(rows.payloads[to]);
                if (payloads > most) {
                    break;
                }
            }
        }
        some.pointAt(rows.rows, rows.payloads);
        some.add(from, to, rows.shift[i]);
        kernel.addRows(weights, some, part, 0, part.length);
        return to;
    }

    private void widenPart() {
        kernel.widen(part, wide, part.length);
        Arrays.fill(part, (short) 0);
    }

    private void movePart(int[] sums, int offset) {
        for (int n = 0; n < part.length; n++) {
            sums[offset + n] += part[n];
        }
        Arrays.fill(part, (short) 0);
    }

    /** Adds the runs of a time step's events to 32-bit sums. */
    void addRuns(RunTable runs, SpikeBatch events, int tick, int[] u) {
        for (int n = events.from(tick); n < events.to(tick); n++) {
            int entry = events.indices()[n] * RunTable.ENTRIES;
            int payload = events.unitPayloads() ? 1 : (int) events.payloads()[n];
            for (int r = 0; r < runs.entries[entry + 2]; r++) {
                int from = runs.entries[entry] + r * runs.weightStep;
                int to = runs.entries[entry + 1] + r * runs.uStep;
                for (int i = 0; i < runs.width; i++) {
                    u[to + i] += weights[from + i] * payload;
                }
            }
        }
    }

    /** Adds the runs of a time step's events to potentials, whose sums must stay within 16 bits. */
    void addRuns(RunTable runs, SpikeBatch events, int tick, short[] u) {
        float[] payloads = events.unitPayloads() ? NO_PAYLOADS : events.payloads();
        kernel.addRuns(weights, runs, events.indices(), payloads, events.from(tick), events.to(tick), u);
    }
}
