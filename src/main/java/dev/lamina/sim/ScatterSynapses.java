package dev.lamina.sim;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;

/*
 * For a source channel and a kernel row, the weights of all kernel columns stand side by side, mirrored, so that one
 * event adds one run of floats to the run of target neurons it reaches. Target neurons lie row by row
 * and are only ever touched by whole vectors that start at multiples of the kernel's lanes: neighbouring events reach
 * overlapping runs, and a processor that has just stored a vector hands it to the next load only if that asks for the
 * very same one. A run that begins elsewhere is shifted beforehand: there is a copy of the weights for each of its
 * phases, filled up with zeros, which change nothing.
 *
 *     weights [phase][source channel][kernel row][zeros, kernel columns mirrored, zeros][target channel]
 *
 * All runs have the same number of vectors, so that no branch depends on where an event lies. What a run adds beyond
 * either end of a row falls into the gap between rows, or the padding, and is never looked at. The stride must be 1, or the
 * targets of a run would not be neighbours.
 */
/** Synapses laid out for adding event by event: for few target channels, where a gather could not fill a vector. */
final class ScatterSynapses extends Synapses {

    private final NeuronLayout layout;
    private final RunTable runs;

    ScatterSynapses(Projection projection, SynapticWeights weights) {
        super(projection, weights);
        int lanes = weights.lanes();
        Shape target = projection.target();
        Shape source = projection.pooled();
        int columns = projection.kernelWidth();
        int rows = projection.kernelHeight();
        // Runs begin at multiples of the target channels, and those modulo the lanes at multiples of this.
        int grain = Math.min(lanes, Integer.lowestOneBit(target.channels()));
        int run = roundUp(lanes - grain + columns * target.channels(), lanes);
        int copy = source.channels() * rows * run;
        weights.allocate(Math.multiplyExact(lanes / grain, copy));
        for (int phase = 0; phase < lanes; phase += grain) {
            fill(phase / grain * copy + phase, run);
        }
        int width = target.width() * target.channels();
        layout = new NeuronLayout(target.height(), width, width, lanes, target.channels(), run, weights.order());
        runs = new RunTable(source.size(), run, -run, layout.stride());
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
                int start = (x + projection.padding() - columns + 1) * target.channels();
                int phase = start & (lanes - 1);
                int below = y + projection.padding();
                int firstRow = Math.max(0, below - rows + 1);
                int lastRow = Math.min(target.height() - 1, below);
                for (int channel = 0; channel < source.channels(); channel++) {
                    runs.set(
                            source.index(channel, y, x),
                            phase / grain * copy + (channel * rows + below - firstRow) * run,
                            layout.blockOffset(firstRow) + start - phase,
                            lastRow - firstRow + 1);
                }
            }
        }
    }

    private void fill(int start, int run) {
        int targets = projection().target().channels();
        int columns = projection().kernelWidth();
        int rows = projection().kernelHeight();
        for (int source = 0; source < projection().pooled().channels(); source++) {
            for (int ky = 0; ky < rows; ky++) {
                for (int kx = 0; kx < columns; kx++) {
                    for (int target = 0; target < targets; target++) {
                        int at = start + (source * rows + ky) * run + (columns - 1 - kx) * targets + target;
                        weights().set(weights().order().of(at), index(target, source, ky, kx));
                    }
                }
            }
        }
    }

    static boolean suits(Projection projection, int mostChannels) {
        return projection.stride() == 1
                && projection.target().positions() > 1
                && projection.target().channels() <= mostChannels;
    }

    @Override
    public String toString() {
        return projection().name() + ": event by event, runs of "
                + runs.width / weights().lanes() + " vectors";
    }

    @Override
    NeuronLayout layout() {
        return layout;
    }

    @Override
    Integration integration() {
        return new Scatter();
    }

    private final class Scatter implements Integration {

        private final Shape source = projection().pooled();
        private final Shape target = projection().target();
        private final int kernelRows = projection().kernelHeight();
        private final int padding = projection().padding();
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
                neurons.membranes().addRuns(runs, events, tick);
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
    }
}
