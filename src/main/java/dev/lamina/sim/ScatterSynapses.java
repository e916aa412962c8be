package dev.lamina.sim;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;

/*
 * For a source channel and a kernel row, the weights of all kernel columns stand side by side, mirrored, so that one
 * event adds one run of floats to the run of target neurons it reaches:
 *
 *     weights [source channel][kernel row][kernel column, mirrored][target channel], each run padded with zeros
 *
 * The run's padding adds zeros to neurons beyond the run, which changes nothing. At the border the run is cut, and
 * there the exact width is added. The stride must be 1, or the targets of a run would not be neighbours.
 */
/** Synapses laid out for adding event by event: for few target channels, where a gather could not fill a vector. */
final class ScatterSynapses extends Synapses {

    private final float[] weights;
    private final int run;
    private final int paddedRun;

    ScatterSynapses(Projection projection, float[] tensor, Kernel kernel) {
        super(projection, kernel);
        int targets = projection.target().channels();
        int columns = projection.kernelWidth();
        run = columns * targets;
        paddedRun = roundUp(run, kernel.lanes());
        int sources = projection.pooled().channels();
        int rows = projection.kernelHeight();
        weights = new float[sources * rows * paddedRun];
        for (int source = 0; source < sources; source++) {
            for (int ky = 0; ky < rows; ky++) {
                for (int kx = 0; kx < columns; kx++) {
                    for (int target = 0; target < targets; target++) {
                        weights[(source * rows + ky) * paddedRun + (columns - 1 - kx) * targets + target] =
                                scaled(projection, tensor, target, source, ky, kx);
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
        // Room for the padding of the last run.
        int stride = roundUp(target.size() + paddedRun - run, kernel().lanes());
        return new NeuronLayout(1, target.size(), stride, target.channels());
    }

    @Override
    Integration integration() {
        return new Scatter();
    }

    private final class Scatter implements Integration {

        private final Projection projection = projection();
        private final Shape source = projection.pooled();
        private final Shape target = projection.target();
        private final Divisor channels = new Divisor(source.channels());
        private final Divisor width = new Divisor(source.width());

        @Override
        public void step(Events events, Neurons neurons) {
            neurons.prepare(0);
            float[] u = neurons.potentials();
            for (int n = events.from; n < events.to; n++) {
                add(events.indices[n], events.unitPayloads ? 1f : events.payloads[n], u);
            }
            neurons.fire(0);
        }

        private void add(int event, float payload, float[] u) {
            int position = channels.quotient(event);
            int channel = event - position * source.channels();
            int row = width.quotient(position);
            int y = row + projection.padding();
            int x = position - row * source.width() + projection.padding();
            int kernelRows = projection.kernelHeight();
            int targets = target.channels();
            int leftmost = x - projection.kernelWidth() + 1;
            int firstColumn = Math.max(0, leftmost);
            int lastColumn = Math.min(target.width() - 1, x);
            int cut = (firstColumn - leftmost) * targets;
            int reached = (lastColumn - firstColumn + 1) * targets;
            int length = reached == run ? paddedRun : reached;
            int firstRow = Math.max(0, y - kernelRows + 1);
            int lastRow = Math.min(target.height() - 1, y);
            kernel().addRuns(
                            weights,
                            (channel * kernelRows + y - firstRow) * paddedRun + cut,
                            -paddedRun,
                            payload,
                            u,
                            (firstRow * target.width() + firstColumn) * targets,
                            target.width() * targets,
                            lastRow - firstRow + 1,
                            length);
        }
    }
}
