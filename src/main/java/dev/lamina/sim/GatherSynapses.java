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

    private final float[] weights;
    private final NeuronLayout layout;
    /** The rows of a slice. */
    private final int rows;

    GatherSynapses(Projection projection, float[] tensor, Kernel kernel) {
        super(projection, kernel);
        Shape target = projection.target();
        layout = new NeuronLayout(
                target.positions(),
                target.channels(),
                SLICE_VECTORS * kernel.lanes(),
                kernel.lanes(),
                target.channels());
        rows = projection.kernelHeight()
                * projection.kernelWidth()
                * projection.pooled().channels();
        weights = new float[Math.multiplyExact(layout.slices() * layout.stride(), rows)];
        // Some targets at a time, or each weight would be written to a cache line of its own.
        int groups = layout.stride() / kernel.lanes();
        IntStream.range(0, layout.slices() * groups).parallel().forEach(group -> {
            int first = group % groups * kernel.lanes();
            layOut(tensor, group / groups, first, Math.min(layout.stride(), first + kernel.lanes()));
        });
    }

    private void layOut(float[] tensor, int slice, int from, int to) {
        int sources = projection().pooled().channels();
        int columns = projection().kernelWidth();
        int firstTarget = slice * layout.slice();
        int end = Math.min(to, projection().target().channels() - firstTarget);
        for (int source = 0; source < sources; source++) {
            for (int ky = 0; ky < projection().kernelHeight(); ky++) {
                for (int kx = 0; kx < columns; kx++) {
                    int row = (slice * rows + (ky * columns + kx) * sources + source) * layout.stride();
                    for (int i = from; i < end; i++) {
                        weights[row + i] = scaled(tensor, firstTarget + i, source, ky, kx);
                    }
                }
            }
        }
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
        /**
         * By source position and time step: the first of its events. The events of a position end where the next one's
         * begin.
         */
        private int[] starts = new int[0];

        private final int[] list = new int[rows + (kernelRows + 1) * Kernel.SLACK];
        private final float[] payloads = new float[list.length];

        @Override
        public void run(SpikeBatch events, Neurons neurons) {
            int ticks = events.ticks();
            int needed = Math.multiplyExact(source.positions() + 1, ticks);
            if (starts.length < needed) {
                starts = new int[needed];
            }
            for (int tick = 0; tick < ticks; tick++) {
                locate(events, tick);
            }
            for (int slice = 0; slice < layout.slices(); slice++) {
                for (int y = 0; y < target.height(); y++) {
                    for (int x = 0; x < target.width(); x++) {
                        run(events, neurons, slice, y, x);
                    }
                }
            }
        }

        /** Finds where each source position's events start. */
        private void locate(SpikeBatch events, int tick) {
            int ticks = events.ticks();
            int[] indices = events.indices();
            int end = events.to(tick);
            int next = 0;
            for (int n = events.from(tick); n < end; ) {
                int position = channels.quotient(indices[n]);
                for (; next <= position; next++) {
                    starts[next * ticks + tick] = n;
                }
                int beyond = next * source.channels();
                while (n < end && indices[n] < beyond) {
                    n++;
                }
            }
            for (; next <= source.positions(); next++) {
                starts[next * ticks + tick] = end;
            }
        }

        /** Steps the neurons of a slice at a target position through all time steps. */
        private void run(SpikeBatch events, Neurons neurons, int slice, int y, int x) {
            int ticks = events.ticks();
            int block = (slice * target.height() + y) * target.width() + x;
            int top = y * stride - padding;
            int left = x * stride - padding;
            int firstColumn = Math.max(0, left);
            int columns = Math.max(0, Math.min(source.width(), left + kernelColumns) - firstColumn);
            int firstRow = Math.max(0, top);
            int lastRow = Math.min(source.height(), top + kernelRows) - 1;
            for (int tick = 0; tick < ticks; tick++) {
                int count = 0;
                for (int row = firstRow; row <= lastRow; row++) {
                    int at = (row * source.width() + firstColumn) * ticks + tick;
                    int from = starts[at];
                    int to = starts[at + columns * ticks];
                    int shift = ((row - top) * kernelColumns - row * source.width() - left) * source.channels()
                            + slice * rows;
                    kernel().listRows(events.indices(), from, to, shift, layout.stride(), list, count);
                    if (!events.unitPayloads()) {
                        kernel().listPayloads(events.payloads(), from, to, payloads, count);
                    }
                    count += to - from;
                }
                if (count > 0 || neurons.restless(block)) {
                    neurons.prepare(block, tick);
                    float[] u = neurons.potentials();
                    int offset = block * layout.stride();
                    if (events.unitPayloads()) {
                        kernel().addRows(weights, list, count, u, offset, layout.stride());
                    } else {
                        kernel().addRows(weights, list, payloads, count, u, offset, layout.stride());
                    }
                    neurons.fire(block, tick);
                }
            }
        }
    }
}
