package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import java.util.Arrays;
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
    private final SpikingMembranes membranes;
    private final boolean leaks;
    /** Whether the potentials differ from zero before the first time step. */
    private final boolean started;
    /** Whether every block is stepped in every time step. */
    private final boolean alwaysRestless;

    private final @Nullable PotentialObserver observer;
    private final int[] firstNeurons;
    private final int[] sizes;
    private final int[] lastTick;
    private final long[] restless;
    private final long[] fired;
    private final SpikeRaster raster;
    private int firstTick;

    LifNeurons(Synapses synapses, Population population, NeuronModel model, @Nullable PotentialObserver observer) {
        layout = synapses.layout();
        membranes = synapses.weights().spiking(layout, population, model);
        leaks = model.leak() != 1;
        started = population.initialPotential() != null;
        alwaysRestless = population.bias() != null || observer != null;
        this.observer = observer;
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
        membranes.reset();
        Arrays.fill(lastTick, -1);
        Arrays.fill(restless, started || alwaysRestless ? -1 : 0);
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
    public Membranes membranes() {
        return membranes;
    }

    @Override
    public void prepare(int block, int tick) {
        if (leaks) {
            for (int missed = firstTick + tick - lastTick[block] - 1; missed > 0; missed--) {
                membranes.leak(block);
            }
            lastTick[block] = firstTick + tick;
        }
        membranes.addBias(block);
    }

    @Override
    public void fire(int block, int tick) {
        if (observer != null) {
            membranes.show(block, firstTick + tick, observer);
        }
        membranes.fire(block, fired);
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
        if (!alwaysRestless) {
            // Without a branch, for whether there are spikes cannot be foreseen.
            long bit = (any | -any) >>> 63;
            restless[block >>> 6] = (restless[block >>> 6] & ~(1L << block)) | (bit << block);
        }
    }
}
