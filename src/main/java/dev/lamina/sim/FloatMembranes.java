package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Reset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Membranes in float32. The kernel resets softly; with a hard reset the neurons that fired are then set to zero. */
final class FloatMembranes implements SpikingMembranes, ReadoutMembranes {

    private static final float[] NO_PAYLOADS = {};

    private final NeuronLayout layout;
    private final float[] weights;
    private final Kernel kernel;
    private final float leak;
    private final boolean hard;
    /** By neuron of a slice; infinite in the padding, which never fires; empty if none ever fires. */
    private final float[] thresholds;

    private final float @Nullable [] bias;
    /** By neuron: r before the first time step. */
    private final float @Nullable [] start;

    private final int[] tileOffsets;
    private final int[] firstNeurons;
    private final int[] sizes;
    private final float[] potentials;

    FloatMembranes(NeuronLayout layout, float[] weights, Kernel kernel, Population population, NeuronModel model) {
        this.layout = layout;
        this.weights = weights;
        this.kernel = kernel;
        leak = model.leak();
        hard = model.reset() == Reset.HARD;
        thresholds = population.thresholds() == null
                ? new float[0]
                : layout.tile(population.thresholds(), Float.POSITIVE_INFINITY);
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.spread(population.initialPotential());
        for (int i = 0; start != null && i < start.length; i++) {
            start[i] *= leak;
        }
        tileOffsets = layout.tileOffsets();
        firstNeurons = layout.firstNeurons();
        sizes = layout.sizes();
        potentials = new float[layout.floats()];
        reset();
    }

    /** All potentials, as the layout has them; a view. */
    float[] potentials() {
        return potentials;
    }

    @Override
    public void reset() {
        if (start == null) {
            Arrays.fill(potentials, 0);
        } else {
            System.arraycopy(start, 0, potentials, 0, potentials.length);
        }
    }

    /** Sets the potentials of a block to zero. */
    void clear(int block) {
        int offset = layout.blockOffset(block);
        Arrays.fill(potentials, offset, offset + layout.blockLength(), 0);
    }

    @Override
    public void leak(int block) {
        kernel.scale(potentials, layout.blockOffset(block), layout.blockLength(), leak);
    }

    @Override
    public void addBias(int block) {
        if (bias != null) {
            kernel.addRow(bias, tileOffsets[block], potentials, layout.blockOffset(block), layout.blockLength());
        }
    }

    @Override
    public void addRows(int block, RowList rows) {
        kernel.addRows(weights, rows, potentials, layout.blockOffset(block), layout.blockLength());
    }

    @Override
    public void addDense(int block, DenseWindow window) {
        kernel.addDense(weights, window, potentials, layout.blockOffset(block), layout.blockLength());
    }

    @Override
    public void addRuns(RunTable runs, SpikeBatch events, int tick) {
        float[] payloads = events.unitPayloads() ? NO_PAYLOADS : events.payloads();
        kernel.addRuns(weights, runs, events.indices(), payloads, events.from(tick), events.to(tick), potentials);
    }

    @Override
    public void fire(int block, long[] fired) {
        int offset = layout.blockOffset(block);
        kernel.fire(potentials, offset, layout.blockLength(), thresholds, tileOffsets[block], leak, fired);
        if (hard) {
            for (int first = 0; first < sizes[block]; first += Long.SIZE) {
                for (long bits = fired[first >>> 6]; bits != 0; bits &= bits - 1) {
                    potentials[offset + first + Long.numberOfTrailingZeros(bits)] = 0;
                }
            }
        }
    }

    @Override
    public void copy(int block, double[] to, int at) {
        int offset = layout.blockOffset(block);
        for (int i = 0; i < layout.blockLength(); i++) {
            to[at + i] = potentials[offset + i];
        }
    }

    @Override
    public double potential(int neuron) {
        return potentials[layout.offset(neuron)];
    }

    @Override
    public void show(int block, int tick, PotentialObserver observer) {
        observer.potentials(tick, firstNeurons[block], potentials, layout.blockOffset(block), sizes[block]);
    }
}
