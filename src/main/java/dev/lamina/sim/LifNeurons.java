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
 */
/** A population of leaky integrate-and-fire neurons. */
final class LifNeurons implements Neurons {

    private final NeuronLayout layout;
    private final Kernel kernel;
    private final float leak;
    private final boolean soft;
    private final float[] thresholds;
    private final float @Nullable [] bias;
    private final float @Nullable [] start;

    /** λ·u − v·o of the last step that the block saw. */
    private final float[] residuals;

    private final int[] lastTick;
    private final long[] restless;
    private SpikeBatch spikes = new SpikeBatch();
    private int tick;

    LifNeurons(NeuronLayout layout, Population population, NeuronModel model, Kernel kernel) {
        this.layout = layout;
        this.kernel = kernel;
        leak = model.leak();
        soft = model.reset() == Reset.SOFT;
        float[] byChannel = Objects.requireNonNull(population.thresholds(), "a spiking population has thresholds");
        thresholds = layout.tile(byChannel, Float.POSITIVE_INFINITY);
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.tile(population.initialPotential(), 0);
        residuals = new float[layout.floats()];
        lastTick = new int[layout.blocks()];
        restless = new long[(layout.blocks() + 63) >>> 6];
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(lastTick, -1);
        Arrays.fill(residuals, 0);
        Arrays.fill(restless, 0);
        if (start != null) {
            for (int i = 0; i < residuals.length; i++) {
                residuals[i] = leak * start[i % layout.stride()];
            }
        }
        if (start != null || bias != null) {
            for (int block = 0; block < layout.blocks(); block++) {
                restless[block >>> 6] |= 1L << block;
            }
        }
    }

    @Override
    public void beginTick(int tick, SpikeBatch spikes) {
        this.tick = tick;
        this.spikes = spikes;
    }

    @Override
    public long[] restless() {
        return restless;
    }

    @Override
    public void step(int block, float[] input, int inputOffset) {
        int offset = block * layout.stride();
        if (leak != 1) {
            for (int missed = tick - lastTick[block] - 1; missed > 0; missed--) {
                for (int i = offset; i < offset + layout.stride(); i++) {
                    residuals[i] *= leak;
                }
            }
        }
        lastTick[block] = tick;
        if (bias != null) {
            kernel.addRow(bias, 0, input, inputOffset, layout.stride());
        }
        int before = spikes.count();
        int[] indices = spikes.reserve(layout.stride());
        int first = block * layout.neurons();
        int after = soft
                ? kernel.fireSoft(
                        residuals,
                        offset,
                        input,
                        inputOffset,
                        thresholds,
                        leak,
                        layout.stride(),
                        first,
                        indices,
                        before)
                : kernel.fireHard(
                        residuals,
                        offset,
                        input,
                        inputOffset,
                        thresholds,
                        leak,
                        layout.stride(),
                        first,
                        indices,
                        before);
        spikes.advance(after);
        if (bias == null) {
            long bit = 1L << block;
            restless[block >>> 6] = after > before ? restless[block >>> 6] | bit : restless[block >>> 6] & ~bit;
        }
    }
}
