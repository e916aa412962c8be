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
        int size = projection().target().size();
        return new NeuronLayout(
                1, size, roundUp(size, kernel().lanes()), projection().target().channels());
    }

    @Override
    Integration integration() {
        return new Scatter();
    }

    private final class Scatter implements Integration {

        /** The block, and room for the padding of the last run. */
        private final float[] sums = new float[layout().floats() + paddedRun];

        @Override
        public void step(Events events, Neurons neurons) {
            scatter(events);
            neurons.step(0, sums, 0);
            java.util.Arrays.fill(sums, 0f);
        }

        private void scatter(Events events) {
            Projection projection = projection();
            Shape source = projection.pooled();
            Shape target = projection.target();
            Kernel kernel = kernel();
            int channels = source.channels();
            int targets = target.channels();
            int kernelRows = projection.kernelHeight();
            int kernelColumns = projection.kernelWidth();
            int padding = projection.padding();
            for (int n = events.from; n < events.to; n++) {
                int position = events.indices[n] / channels;
                int channel = events.indices[n] - position * channels;
                int y = position / source.width() + padding;
                int x = position % source.width() + padding;
                int firstColumn = Math.max(0, x - kernelColumns + 1);
                int lastColumn = Math.min(target.width() - 1, x);
                int cut = (firstColumn - (x - kernelColumns + 1)) * targets;
                int width = (lastColumn - firstColumn + 1) * targets;
                int addedWidth = width == run ? paddedRun : width;
                int firstRow = Math.max(0, y - kernelRows + 1);
                int lastRow = Math.min(target.height() - 1, y);
                for (int row = firstRow; row <= lastRow; row++) {
                    int weight = (channel * kernelRows + y - row) * paddedRun + cut;
                    int offset = (row * target.width() + firstColumn) * targets;
                    if (events.unitPayloads) {
                        kernel.addRow(weights, weight, sums, offset, addedWidth);
                    } else {
                        kernel.addRow(weights, weight, events.payloads[n], sums, offset, addedWidth);
                    }
                }
            }
        }
    }
}
