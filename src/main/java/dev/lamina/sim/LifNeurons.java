package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Reset;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * A block is stepped only in a time step that brings it input, or after a spike, when the residual may still exceed
 * the threshold. Any other block could not fire: its potential is at most the threshold, or negative, and the leak
 * brings it nearer to zero. What it missed is made up for when it is next stepped: its residual is multiplied by the
 * leak once for every missed step, the very multiplications it would have seen.
 *
 * The kernel resets softly. With a hard reset the neurons that fired are then set to zero, one by one.
 */
/** A population of leaky integrate-and-fire neurons. */
final class LifNeurons implements Neurons {

    private final NeuronLayout layout;
    private final Kernel kernel;
    private final float leak;
    private final boolean hard;
    /** By neuron of a slice; infinite in the padding, which never fires. */
    private final float[] thresholds;

    private final float @Nullable [] bias;
    /** By neuron: r before the first time step. */
    private final float @Nullable [] start;

    private final @Nullable PotentialObserver observer;

    /** Between time steps the residuals λ·u − v·o; within one, residuals and the input added so far. */
    private final float[] potentials;

    /** By block: where its thresholds begin. */
    private final int[] tileOffsets;

    private final int[] firstNeurons;
    private final int[] sizes;
    private final int[] lastTick;
    private final long[] restless;
    private final long[] fired;
    private final SpikeRaster raster;
    private int firstTick;

    LifNeurons(
            NeuronLayout layout,
            Population population,
            NeuronModel model,
            Kernel kernel,
            @Nullable PotentialObserver observer) {
        this.layout = layout;
        this.kernel = kernel;
        this.observer = observer;
        leak = model.leak();
        hard = model.reset() == Reset.HARD;
        float[] byChannel = Objects.requireNonNull(population.thresholds(), "a spiking population has thresholds");
        thresholds = layout.tile(byChannel, Float.POSITIVE_INFINITY);
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.spread(population.initialPotential());
        potentials = new float[layout.floats()];
        if (start != null) {
            for (int i = 0; i < start.length; i++) {
                start[i] *= leak;
            }
        }
        tileOffsets = layout.tileOffsets();
        firstNeurons = layout.firstNeurons();
        sizes = layout.sizes();
        lastTick = new int[layout.blocks()];
        restless = new long[(layout.blocks() + 63) >>> 6];
        fired = new long[(layout.blockLength() + 63) >>> 6];
        raster = new SpikeRaster(layout.neurons());
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(lastTick, -1);
        Arrays.fill(restless, 0);
        if (start == null) {
            Arrays.fill(potentials, 0);
        } else {
            System.arraycopy(start, 0, potentials, 0, potentials.length);
        }
        if (start != null || alwaysRestless()) {
            for (int block = 0; block < layout.blocks(); block++) {
                restless[block >>> 6] |= 1L << block;
            }
        }
    }

    private boolean alwaysRestless() {
        return bias != null || observer != null;
    }

    @Override
    public void begin(int firstTick, int ticks) {
        this.firstTick = firstTick;
        raster.begin(ticks);
    }

    @Override
    public boolean restless() {
        for (long word : restless) {
            if (word != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean restless(int block) {
        return (restless[block >>> 6] >>> block & 1) != 0;
    }

    /** Adds the spikes of a time step of the batch to the open one of {@code out}; once. */
    void moveSpikes(int tick, SpikeBatch out) {
        raster.move(tick, out);
    }

    @Override
    public float[] potentials() {
        return potentials;
    }

    @Override
    public void prepare(int block, int tick) {
        if (leak != 1) {
            for (int missed = firstTick + tick - lastTick[block] - 1; missed > 0; missed--) {
                kernel.scale(potentials, layout.blockOffset(block), layout.blockLength(), leak);
            }
            lastTick[block] = firstTick + tick;
        }
        if (bias != null) {
            kernel.addRow(bias, tileOffsets[block], potentials, layout.blockOffset(block), layout.blockLength());
        }
    }

    @Override
    public void fire(int block, int tick) {
        int offset = layout.blockOffset(block);
        if (observer != null) {
            observer.potentials(firstTick + tick, firstNeurons[block], potentials, offset, sizes[block]);
        }
        kernel.fire(potentials, offset, layout.blockLength(), thresholds, tileOffsets[block], leak, fired);
        noteFired(block, tick);
    }

    @Override
    public void step(int block, int tick, float[] weights, RowList rows) {
        prepare(block, tick);
        kernel.addRows(weights, rows, potentials, layout.blockOffset(block), layout.blockLength());
        fire(block, tick);
    }

    private void noteFired(int block, int tick) {
        int neurons = sizes[block];
        if ((neurons & 63) != 0) {
            fired[neurons >>> 6] &= (1L << neurons) - 1;
        }
        long any = 0;
        for (int first = 0; first < neurons; first += Long.SIZE) {
            long spikes = fired[first >>> 6];
            any |= spikes;
            raster.note(tick, firstNeurons[block] + first, spikes);
        }
        if (hard && any != 0) {
            clearFired(block);
        }
        if (!alwaysRestless()) {
            long bit = 1L << block;
            restless[block >>> 6] = any != 0 ? restless[block >>> 6] | bit : restless[block >>> 6] & ~bit;
        }
    }

    private void clearFired(int block) {
        for (int word = 0; word < fired.length; word++) {
            for (long bits = fired[word]; bits != 0; bits &= bits - 1) {
                int i = (word << 6) + Long.numberOfTrailingZeros(bits);
                potentials[layout.blockOffset(block) + i] = 0;
            }
        }
    }
}
