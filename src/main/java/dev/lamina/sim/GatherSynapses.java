package dev.lamina.sim;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/*
 * Weights [kernel row][kernel column][source channel][target channel], each row of target channels padded. Events come
 * in ascending order of (y, x, channel), so those under one kernel row of one target position are neighbours in the
 * list of events, and the weight row of an event is its index plus a shift that depends on the position only: finding
 * the rows of a target costs one addition and one multiplication an event, and they come in the contract's order.
 */
/** Synapses laid out for adding target by target: all active weight rows of a position are summed in registers. */
final class GatherSynapses extends Synapses {

    private final float[] weights;
    private final int rowLength;

    GatherSynapses(Projection projection, float[] tensor, Kernel kernel) {
        super(projection, kernel);
        rowLength = roundUp(projection.target().channels(), kernel.lanes());
        int rows = projection.kernelHeight()
                * projection.kernelWidth()
                * projection.pooled().channels();
        weights = new float[rows * rowLength];
        // Some targets at a time, or each weight would be written to a cache line of its own.
        int groups = rowLength / kernel.lanes();
        IntStream.range(0, groups).parallel().forEach(group -> {
            int first = group * kernel.lanes();
            layOut(tensor, first, Math.min(projection.target().channels(), first + kernel.lanes()));
        });
    }

    private void layOut(float[] tensor, int firstTarget, int endTarget) {
        int sources = projection().pooled().channels();
        int columns = projection().kernelWidth();
        for (int source = 0; source < sources; source++) {
            for (int ky = 0; ky < projection().kernelHeight(); ky++) {
                for (int kx = 0; kx < columns; kx++) {
                    int row = ((ky * columns + kx) * sources + source) * rowLength;
                    for (int target = firstTarget; target < endTarget; target++) {
                        weights[row + target] = scaled(tensor, target, source, ky, kx);
                    }
                }
            }
        }
    }

    @Override
    NeuronLayout layout() {
        Shape target = projection().target();
        return new NeuronLayout(target.positions(), target.channels(), rowLength, target.channels());
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
        /** By source position: the first of its events; the events of a position end where the next one's begin. */
        private final int[] starts = new int[source.positions() + 1];

        private final long[] visited = new long[(target.positions() + 63) >>> 6];
        private final Divisor channels = new Divisor(source.channels());
        private int[] rows = new int[64];
        private float[] payloads = new float[64];

        @Override
        public void step(Events events, Neurons neurons) {
            System.arraycopy(neurons.restless(), 0, visited, 0, visited.length);
            locate(events);
            for (int word = 0; word < visited.length; word++) {
                for (long bits = visited[word]; bits != 0; bits &= bits - 1) {
                    int block = (word << 6) + Long.numberOfTrailingZeros(bits);
                    neurons.prepare(block);
                    gather(events, block, neurons.potentials());
                    neurons.fire(block);
                }
            }
        }

        /** Finds where each source position's events start, and marks the target positions they reach. */
        private void locate(Events events) {
            int needed = events.to - events.from;
            if (needed > rows.length) {
                rows = new int[Math.max(needed, 2 * rows.length)];
                payloads = new float[rows.length];
            }
            int next = 0;
            for (int n = events.from; n < events.to; ) {
                int position = channels.quotient(events.indices[n]);
                Arrays.fill(starts, next, position + 1, n);
                next = position + 1;
                mark(position);
                int end = next * source.channels();
                while (n < events.to && events.indices[n] < end) {
                    n++;
                }
            }
            Arrays.fill(starts, next, starts.length, events.to);
        }

        private void mark(int position) {
            int y = position / source.width() + padding;
            int x = position % source.width() + padding;
            int firstRow = first(y, projection().kernelHeight());
            int lastRow = Math.min(target.height() - 1, y / stride);
            int firstColumn = first(x, projection().kernelWidth());
            int lastColumn = Math.min(target.width() - 1, x / stride);
            for (int row = firstRow; row <= lastRow; row++) {
                for (int column = firstColumn; column <= lastColumn; column++) {
                    int block = row * target.width() + column;
                    visited[block >>> 6] |= 1L << block;
                }
            }
        }

        /** The first output along an axis whose kernel reaches a padded input. */
        private int first(int input, int kernel) {
            return Math.max(0, Math.floorDiv(input - kernel, stride) + 1);
        }

        private void gather(Events events, int block, float[] u) {
            int kernelColumns = projection().kernelWidth();
            int top = block / target.width() * stride - padding;
            int left = block % target.width() * stride - padding;
            int firstColumn = Math.max(0, left);
            int lastColumn = Math.min(source.width(), left + kernelColumns) - 1;
            int firstRow = Math.max(0, top);
            int lastRow = Math.min(source.height(), top + projection().kernelHeight()) - 1;
            int count = 0;
            for (int row = firstRow; row <= lastRow; row++) {
                int from = starts[row * source.width() + firstColumn];
                int to = starts[row * source.width() + lastColumn + 1];
                int shift = ((row - top) * kernelColumns - row * source.width() - left) * source.channels();
                for (int n = from; n < to; n++) {
                    rows[count] = (events.indices[n] + shift) * rowLength;
                    if (!events.unitPayloads) {
                        payloads[count] = events.payloads[n];
                    }
                    count++;
                }
            }
            if (events.unitPayloads) {
                kernel().addRows(weights, rows, count, u, block * rowLength, rowLength);
            } else {
                kernel().addRows(weights, rows, payloads, count, u, block * rowLength, rowLength);
            }
        }
    }
}
