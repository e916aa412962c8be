package dev.lamina.sim;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.util.stream.IntStream;

/*
 * Weights [slice][kernel row][kernel column][source channel][target channel], each row of a slice padded. Events come
 * in ascending order of (y, x, channel), so those under one kernel row of one target position are neighbours in the
 * list of events, and the weight row of an event is its index plus a shift that depends on the position only: finding
 * the rows of a target costs one addition and one multiplication an event, and they come in the contract's order.
 */
/** Synapses laid out for adding target by target: all active weight rows of a position are summed in registers. */
final class GatherSynapses extends Synapses {

    /** The vectors of a slice: as many as the kernel keeps in registers. */
    private static final int SLICE_VECTORS = 8;

    private final NeuronLayout layout;
    /** The rows of a slice. */
    private final int rows;

    private final CostModel cost;
    /** The share of active sources from which on sums are dense. */
    private final double denseFrom;

    GatherSynapses(Projection projection, SynapticWeights weights, Sums sums) {
        super(projection, weights);
        int lanes = weights.lanes();
        Shape target = projection.target();
        layout = new NeuronLayout(
                target.positions(),
                target.channels(),
                SLICE_VECTORS * lanes,
                lanes,
                target.channels(),
                0,
                weights.order());
        rows = projection.kernelHeight()
                * projection.kernelWidth()
                * projection.pooled().channels();
        cost = new CostModel(projection.kernelHeight(), rows, layout.blockLength() / lanes);
        boolean sparse = sums == Sums.SPARSE || !weights.addable(rows);
        denseFrom = sparse ? Double.POSITIVE_INFINITY : sums == Sums.DENSE ? 0 : cost.breakEven();
        weights.allocate(Math.multiplyExact(layout.slices() * layout.blockLength(), rows));
        // Some targets at a time, or each weight would be written to a cache line of its own.
        int groups = layout.blockLength() / lanes;
        IntStream.range(0, layout.slices() * groups).parallel().forEach(group -> {
            int first = group % groups * lanes;
            layOut(group / groups, first, first + lanes);
        });
    }

    private void layOut(int slice, int from, int to) {
        int sources = projection().pooled().channels();
        int columns = projection().kernelWidth();
        int firstTarget = slice * layout.slice();
        int end = Math.min(to, projection().target().channels() - firstTarget);
        for (int source = 0; source < sources; source++) {
            for (int ky = 0; ky < projection().kernelHeight(); ky++) {
                for (int kx = 0; kx < columns; kx++) {
                    int row = (slice * rows + (ky * columns + kx) * sources + source) * layout.blockLength();
                    for (int i = from; i < end; i++) {
                        weights().set(row + weights().order().of(i), index(firstTarget + i, source, ky, kx));
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return projection().name() + ": position by position, " + layout.slices() + " x "
                + layout.blockLength() / weights().lanes() + " vectors, "
                + (denseFrom > 1 ? "never densely" : cost.toString());
    }

    @Override
    NeuronLayout layout() {
        return layout;
    }

    @Override
    Integration integration() {
        return new Gather();
    }

    private final class Gather implements Integration {

        private final Shape source = projection().pooled();
        private final Shape target = projection().target();
        private final int stride = projection().stride();
        private final int padding = projection().padding();
        private final int kernelRows = projection().kernelHeight();
        private final int kernelColumns = projection().kernelWidth();
        private final Divisor channels = new Divisor(source.channels());
        /** By target column: the first source column under the kernel, and how many there are. */
        private final int[] firstColumns = new int[target.width()];

        private final int[] columns = new int[target.width()];

        /**
         * By time step and source position: the first of its events. The events of a position end where the next one's
         * begin.
         */
        private int[] starts = new int[0];

        /** By event: where the weight row would begin for kernel place 0 of target position 0. */
        private int[] eventRows = new int[0];

        /** By event, if payloads are whole numbers: the sum of the magnitudes of all before it. */
        private int[] magnitudes = new int[0];

        private final float[] noPayloads = {};
        private final DenseIntegration dense =
                new DenseIntegration(projection(), layout, weights().whole());
        private final RowList under = new RowList(kernelRows);

        Gather() {
            for (int x = 0; x < target.width(); x++) {
                int left = x * stride - padding;
                firstColumns[x] = Math.max(0, left);
                columns[x] = Math.max(0, Math.min(source.width(), left + kernelColumns) - firstColumns[x]);
            }
        }

        @Override
        public void run(SpikeBatch events, Neurons neurons) {
            int ticks = events.ticks();
            if (events.count() >= denseFrom * source.size() * ticks) {
                dense.run(events, neurons);
                return;
            }
            int needed = Math.multiplyExact(source.positions() + 1, ticks);
            if (starts.length < needed) {
                starts = new int[needed];
            }
            for (int tick = 0; tick < ticks; tick++) {
                locate(events, tick);
            }
            if (eventRows.length < events.indices().length) {
                eventRows = new int[events.indices().length];
            }
            int[] indices = events.indices();
            for (int n = 0; n < events.count(); n++) {
                eventRows[n] = indices[n] * layout.blockLength();
            }
            if (weights().whole()) {
                sumMagnitudes(events);
            }
            for (int slice = 0; slice < layout.slices(); slice++) {
                for (int y = 0; y < target.height(); y++) {
                    run(events, neurons, slice, y);
                }
            }
        }

        private void sumMagnitudes(SpikeBatch events) {
            if (magnitudes.length <= events.indices().length) {
                magnitudes = new int[events.indices().length + 1];
            }
            float[] payloads = events.payloads();
            boolean unit = events.unitPayloads();
            for (int n = 0; n < events.count(); n++) {
                magnitudes[n + 1] = magnitudes[n] + (unit ? 1 : (int) Math.abs(payloads[n]));
            }
        }

        /** Finds where each source position's events start. */
        private void locate(SpikeBatch events, int tick) {
            int[] indices = events.indices();
            int end = events.to(tick);
            int first = tick * (source.positions() + 1);
            int next = 0;
            for (int n = events.from(tick); n < end; ) {
                int position = channels.quotient(indices[n]);
                for (; next <= position; next++) {
                    starts[first + next] = n;
                }
                int beyond = next * source.channels();
                while (n < end && indices[n] < beyond) {
                    n++;
                }
            }
            for (; next <= source.positions(); next++) {
                starts[first + next] = end;
            }
        }

        /** Steps the neurons of a slice in a target row through all time steps. */
        private void run(SpikeBatch events, Neurons neurons, int slice, int y) {
            int top = y * stride - padding;
            int firstRow = Math.max(0, top);
            int endRow = Math.min(source.height(), top + kernelRows);
            int rowLength = source.channels() * layout.blockLength();
            // From the row of an event to that of the kernel place it lies under, for the first row and target column
            // 0.
            int firstShift = ((firstRow - top) * kernelColumns - firstRow * source.width() + padding) * rowLength
                    + slice * rows * layout.blockLength();
            int shiftStep = (kernelColumns - source.width()) * rowLength;
            float[] payloads = events.unitPayloads() ? noPayloads : events.payloads();
            boolean whole = weights().whole();
            under.pointAt(eventRows, payloads);
            for (int tick = 0; tick < events.ticks(); tick++) {
                int first = tick * (source.positions() + 1) + firstRow * source.width();
                int block = (slice * target.height() + y) * target.width();
                for (int x = 0; x < target.width(); x++, block++) {
                    int shift = firstShift - x * stride * rowLength;
                    int at = first + firstColumns[x];
                    int count = 0;
                    under.clear();
                    for (int row = firstRow; row < endRow; row++) {
                        int from = starts[at];
                        int to = starts[at + columns[x]];
                        under.add(from, to, shift);
                        if (whole) {
                            under.magnitude += magnitudes[to] - magnitudes[from];
                        }
                        count += to - from;
                        at += source.width();
                        shift += shiftStep;
                    }
                    if (count > 0 || neurons.restless(block)) {
                        neurons.step(block, tick, under);
                    }
                }
            }
        }
    }
}
