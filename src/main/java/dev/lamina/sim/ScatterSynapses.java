package dev.lamina.sim;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.util.Arrays;

/*
 * For a source channel and a kernel row, the weights of all kernel columns stand side by side, mirrored, so that one
 * event adds one run of floats to the run of target neurons it reaches. Target neurons lie row by row, each row padded,
 * and are only ever touched by whole vectors that start at multiples of the kernel's lanes: neighbouring events reach
 * overlapping runs, and a processor that has just stored a vector hands it to the next load only if that asks for the
 * very same one. A run that begins elsewhere is shifted beforehand: there is a copy of the weights for each of its
 * phases, filled up with zeros, which change nothing.
 *
 *     weights [phase][source channel][kernel row][zeros, kernel columns mirrored, zeros][target channel]
 *
 * Vectors beyond either end of a row are left out; what reaches the padding of a row is never looked at. The stride must
 * be 1, or the targets of a run would not be neighbours.
 */
/** Synapses laid out for adding event by event: for few target channels, where a gather could not fill a vector. */
final class ScatterSynapses extends Synapses {

    private final float[] weights;
    private final int lanes;
    /** The floats that one event reaches in a row. */
    private final int run;
    /** A shifted run with its zeros. */
    private final int paddedRun;
    /** A row of target neurons with its padding. */
    private final int rowLength;
    /** By the first float of a run modulo the lanes, where the copy of that phase begins; −1 if there is none. */
    private final int[] copies;

    ScatterSynapses(Projection projection, float[] tensor, Kernel kernel) {
        super(projection, kernel);
        lanes = kernel.lanes();
        int targets = projection.target().channels();
        int columns = projection.kernelWidth();
        int sources = projection.pooled().channels();
        int rows = projection.kernelHeight();
        run = columns * targets;
        paddedRun = roundUp(lanes - 1 + run, lanes);
        rowLength = roundUp(projection.target().width() * targets, lanes);
        copies = new int[lanes];
        Arrays.fill(copies, -1);
        int phases = 0;
        for (int i = 0; i < lanes; i++) {
            int phase = i * targets % lanes;
            if (copies[phase] < 0) {
                copies[phase] = phases++ * sources * rows * paddedRun;
            }
        }
        weights = new float[phases * sources * rows * paddedRun];
        for (int phase = 0; phase < lanes; phase++) {
            if (copies[phase] >= 0) {
                fill(tensor, copies[phase] + phase);
            }
        }
    }

    private void fill(float[] tensor, int start) {
        int targets = projection().target().channels();
        int columns = projection().kernelWidth();
        int rows = projection().kernelHeight();
        for (int source = 0; source < projection().pooled().channels(); source++) {
            for (int ky = 0; ky < rows; ky++) {
                for (int kx = 0; kx < columns; kx++) {
                    for (int target = 0; target < targets; target++) {
                        weights[start + (source * rows + ky) * paddedRun + (columns - 1 - kx) * targets + target] =
                                scaled(tensor, target, source, ky, kx);
                    }
                }
            }
        }
    }

    static boolean suits(Projection projection, Kernel kernel) {
        return projection.stride() == 1
                && projection.target().positions() > 1
                && projection.target().channels() <= 2 * kernel.lanes();
    }

    @Override
    NeuronLayout layout() {
        Shape target = projection().target();
        int width = target.width() * target.channels();
        return new NeuronLayout(target.height(), width, width, lanes, target.channels());
    }

    @Override
    Integration integration() {
        return new Scatter();
    }

    private final class Scatter implements Integration {

        private final Shape source = projection().pooled();
        private final Shape target = projection().target();
        private final int kernelRows = projection().kernelHeight();
        private final int kernelColumns = projection().kernelWidth();
        private final int padding = projection().padding();
        private final Divisor channels = new Divisor(source.channels());
        private final Divisor width = new Divisor(source.width());
        private final boolean[] visited = new boolean[target.height()];

        @Override
        public void run(SpikeBatch events, Neurons neurons) {
            for (int tick = 0; tick < events.ticks(); tick++) {
                for (int row = 0; row < target.height(); row++) {
                    visited[row] = neurons.restless(row);
                }
                mark(events, tick);
                for (int row = 0; row < target.height(); row++) {
                    if (visited[row]) {
                        neurons.prepare(row, tick);
                    }
                }
                float[] u = neurons.potentials();
                int[] indices = events.indices();
                boolean unit = events.unitPayloads();
                float[] payloads = events.payloads();
                for (int n = events.from(tick); n < events.to(tick); n++) {
                    add(indices[n], unit ? 1f : payloads[n], u);
                }
                for (int row = 0; row < target.height(); row++) {
                    if (visited[row]) {
                        neurons.fire(row, tick);
                    }
                }
            }
        }

        /** Marks the target rows that events reach. Events come row by row. */
        private void mark(SpikeBatch events, int tick) {
            int[] indices = events.indices();
            int rowSize = source.width() * source.channels();
            int end = 0;
            for (int n = events.from(tick); n < events.to(tick); n++) {
                if (indices[n] >= end) {
                    int row = indices[n] / rowSize;
                    end = (row + 1) * rowSize;
                    int last = Math.min(target.height() - 1, row + padding);
                    for (int to = Math.max(0, row + padding - kernelRows + 1); to <= last; to++) {
                        visited[to] = true;
                    }
                }
            }
        }

        private void add(int event, float payload, float[] u) {
            int position = channels.quotient(event);
            int channel = event - position * source.channels();
            int row = width.quotient(position);
            int y = row + padding;
            int x = position - row * source.width() + padding;
            int start = (x - kernelColumns + 1) * target.channels();
            int phase = start & (lanes - 1);
            int from = start - phase;
            int to = from + roundUp(phase + run, lanes);
            int cutFrom = Math.max(0, from);
            int firstRow = Math.max(0, y - kernelRows + 1);
            int lastRow = Math.min(target.height() - 1, y);
            kernel().addRuns(
                            weights,
                            copies[phase] + (channel * kernelRows + y - firstRow) * paddedRun + cutFrom - from,
                            -paddedRun,
                            payload,
                            u,
                            firstRow * rowLength + cutFrom,
                            rowLength,
                            lastRow - firstRow + 1,
                            Math.min(rowLength, to) - cutFrom);
        }
    }
}
