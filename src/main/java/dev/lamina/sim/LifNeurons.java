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
 * Few neurons fire in a time step, and which is unpredictable: so firing is first found out for a whole block, without
 * a branch, as a bit set, and the reset is done neuron by neuron for the bits that are set.
 */
/** A population of leaky integrate-and-fire neurons. */
final class LifNeurons implements Neurons {

    private final NeuronLayout layout;
    private final Kernel kernel;
    private final float leak;
    private final boolean soft;
    private final float[] thresholds;
    /** The threshold of all neurons, or NaN if they differ. */
    private final float commonThreshold;

    private final float @Nullable [] bias;
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
        soft = model.reset() == Reset.SOFT;
        float[] byChannel = Objects.requireNonNull(population.thresholds(), "a spiking population has thresholds");
        thresholds = layout.tile(byChannel, Float.POSITIVE_INFINITY);
        commonThreshold = common(byChannel);
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.tile(population.initialPotential(), 0);
        potentials = new float[layout.floats()];
        tileOffsets = layout.tileOffsets();
        firstNeurons = layout.firstNeurons();
        sizes = layout.sizes();
        lastTick = new int[layout.blocks()];
        restless = new long[(layout.blocks() + 63) >>> 6];
        fired = new long[(layout.stride() + 63) >>> 6];
        raster = new SpikeRaster(layout.neurons());
        reset();
    }

    private static float common(float[] thresholds) {
        for (float threshold : thresholds) {
            if (threshold != thresholds[0]) {
                return Float.NaN;
            }
        }
        return thresholds[0];
    }

    @Override
    public void reset() {
        Arrays.fill(lastTick, -1);
        Arrays.fill(potentials, 0);
        Arrays.fill(restless, 0);
        if (start != null) {
            for (int i = 0; i < potentials.length; i++) {
                potentials[i] = leak * start[tileOffsets[i / layout.stride()] + i % layout.stride()];
            }
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
        int offset = block * layout.stride();
        if (leak != 1) {
            for (int missed = firstTick + tick - lastTick[block] - 1; missed > 0; missed--) {
                kernel.scale(potentials, offset, layout.stride(), leak);
            }
            lastTick[block] = firstTick + tick;
        }
        if (bias != null) {
            kernel.addRow(bias, tileOffsets[block], potentials, offset, layout.stride());
        }
    }

    @Override
    public void fire(int block, int tick) {
        int offset = block * layout.stride();
        if (observer != null) {
            observer.potentials(firstTick + tick, firstNeurons[block], potentials, offset, sizes[block]);
        }
        if (Float.isNaN(commonThreshold)) {
            kernel.exceeding(potentials, offset, layout.stride(), thresholds, tileOffsets[block], fired);
        } else {
            kernel.exceeding(potentials, offset, layout.stride(), commonThreshold, fired);
        }
        if (leak != 1) {
            kernel.scale(potentials, offset, layout.stride(), leak);
        }
        boolean any = resetFired(block, tick, offset);
        if (!alwaysRestless()) {
            long bit = 1L << block;
            restless[block >>> 6] = any ? restless[block >>> 6] | bit : restless[block >>> 6] & ~bit;
        }
    }

    private boolean resetFired(int block, int tick, int offset) {
        int neurons = sizes[block];
        if ((neurons & 63) != 0) {
            fired[neurons >>> 6] &= (1L << neurons) - 1;
        }
        long any = 0;
        for (int first = 0; first < neurons; first += Long.SIZE) {
            long spikes = fired[first >>> 6];
            any |= spikes;
            raster.note(tick, firstNeurons[block] + first, spikes);
            for (long bits = spikes; bits != 0; bits &= bits - 1) {
                int i = first + Long.numberOfTrailingZeros(bits);
                potentials[offset + i] = soft ? potentials[offset + i] - thresholds[tileOffsets[block] + i] : 0;
            }
        }
        return any != 0;
    }
}
