package dev.lamina.train;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import dev.lamina.sim.Kernel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.RowList;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/*
 * The gradient of the weight from entry c at kernel place k is Σ δ[r, p] over the target positions p and all rows r
 * (sample and time step) at which a spike entered at c and the place that k of p covers. This is the simulator's sum the
 * other way round: where that adds the weights of active sources, this adds the δ of active rows. A position's δ are
 * copied into a block that stays in the cache, and each entry under the kernel then adds the rows it was active in, in
 * registers.
 *
 * Tasks share out the target channels or, where these are too few, the source channels. Each sum is made by one task, in
 * an order that does not depend on how many there are.
 */
/**
 * The gradient of a projection's weights, summed spike by spike. Exact in float32 but for rounding. For one thread at a
 * time; spreads its work over all cores.
 */
final class EventWeightGradient {

    /** The floats of a block that stays in the second-level cache with the sums beside it. */
    private static final int BLOCK = 1 << 17;

    /** The vectors that the kernel adds at a time. */
    private static final int VECTORS = 4;

    private final Projection projection;
    private final int timesteps;
    private final Kernel kernel = Kernels.fastest();
    /** The sums of a source channel at a kernel place: one a target channel, padded. */
    private final int rowLength;

    /** [kernel row][kernel column][source channel][target channel]; empty until they are needed. */
    private float[] sums = new float[0];

    private boolean touched;

    EventWeightGradient(Projection projection, int timesteps) {
        this.projection = projection;
        this.timesteps = timesteps;
        rowLength = -Math.floorDiv(-projection.target().channels(), kernel.lanes()) * kernel.lanes();
    }

    /**
     * Adds what the spikes of some samples contribute.
     *
     * @param delta ∂L/∂u of the target, one row a sample and time step, in the order of neuron indices
     */
    void add(FloatBuffer delta, int samples, SourceSpikes spikes) {
        if (sums.length == 0) {
            int taps = projection.kernelHeight() * projection.kernelWidth();
            sums = new float[Math.multiplyExact(taps * projection.pooled().channels(), rowLength)];
        }
        touched = true;
        int rows = samples * timesteps;
        int cores = Runtime.getRuntime().availableProcessors();
        int vectors = rowLength / kernel.lanes();
        int fitting = Math.max(VECTORS, BLOCK / rows / kernel.lanes());
        int blocks = Math.max(-Math.floorDiv(-vectors, fitting), Math.min(cores, vectors / VECTORS));
        blocks = Math.max(1, blocks);
        int width = -Math.floorDiv(-vectors, blocks) * kernel.lanes();
        int parts = blocks >= cores ? 1 : Math.min(cores, projection.pooled().channels());
        int tasks = blocks * parts;
        IntStream.range(0, tasks)
                .parallel()
                .forEach(task -> new Task(delta, rows, spikes, width, task / parts * width, task % parts, parts).run());
    }

    /** Adds the sums, times {@code factor}, to a tensor of the weights' dimensions, and starts anew. */
    void moveTo(Tensor gradient, float factor) {
        if (!touched) {
            return;
        }
        touched = false;
        int targets = projection.target().channels();
        int sources = projection.pooled().channels();
        int taps = projection.kernelHeight() * projection.kernelWidth();
        FloatBuffer to = RecordTensors.floats(gradient);
        // Some target channels at a time, so that a line of the sums is used up while it is in the cache.
        int group = kernel.lanes();
        IntStream.range(0, -Math.floorDiv(-targets, group)).parallel().forEach(g -> {
            int end = Math.min(targets, (g + 1) * group);
            for (int source = 0; source < sources; source++) {
                for (int tap = 0; tap < taps; tap++) {
                    int row = (tap * sources + source) * rowLength;
                    for (int target = g * group; target < end; target++) {
                        int place = (target * sources + source) * taps + tap;
                        to.put(place, to.get(place) + sums[row + target] * factor);
                    }
                }
            }
        });
        Arrays.fill(sums, 0);
    }

    /** Some target channels, from {@code column} on, and some source channels. */
    private final class Task {

        private final FloatBuffer delta;
        private final int rows;
        private final SourceSpikes spikes;
        /** From one row to the next in the block. */
        private final int width;

        private final int column;
        private final int firstChannel;
        private final int endChannel;
        private final Shape source = projection.pooled();
        private final Shape target = projection.target();
        /** δ of one target position. */
        private final float[] block;
        /** Where the active rows of an entry stand in the block. */
        private int[] offsets = new int[64];

        private final RowList active = new RowList(1);

        Task(FloatBuffer delta, int rows, SourceSpikes spikes, int width, int column, int part, int parts) {
            this.delta = delta;
            this.rows = rows;
            this.spikes = spikes;
            this.width = width;
            this.column = column;
            block = new float[rows * width];
            firstChannel = (int) ((long) source.channels() * part / parts);
            endChannel = (int) ((long) source.channels() * (part + 1) / parts);
        }

        void run() {
            int copied = Math.min(width, target.channels() - column);
            if (copied <= 0) {
                return;
            }
            for (int position = 0; position < target.positions(); position++) {
                for (int row = 0; row < rows; row++) {
                    int from = (row * target.positions() + position) * target.channels() + column;
                    delta.get(from, block, row * width, copied);
                }
                int top = position / target.width() * projection.stride() - projection.padding();
                int left = position % target.width() * projection.stride() - projection.padding();
                int endRow = Math.min(projection.kernelHeight(), source.height() - top);
                int endColumn = Math.min(projection.kernelWidth(), source.width() - left);
                for (int ky = Math.max(0, -top); ky < endRow; ky++) {
                    for (int kx = Math.max(0, -left); kx < endColumn; kx++) {
                        add((top + ky) * source.width() + left + kx, ky * projection.kernelWidth() + kx);
                    }
                }
            }
        }

        /** Adds the active rows of the block for each entry of a position under one kernel place. */
        private void add(int position, int tap) {
            int length = Math.min(width, rowLength - column);
            for (int channel = firstChannel; channel < endChannel; channel++) {
                int entry = position * source.channels() + channel;
                int from = spikes.from(entry);
                int count = spikes.to(entry) - from;
                if (count > 0) {
                    offsets = count > offsets.length ? new int[2 * count] : offsets;
                    for (int n = 0; n < count; n++) {
                        offsets[n] = spikes.rows()[from + n] * width;
                    }
                    int sum = (tap * source.channels() + channel) * rowLength + column;
                    kernel.addRows(block, active.of(offsets, 0, count), sums, sum, length);
                }
            }
        }
    }
}
