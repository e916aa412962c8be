package dev.lamina.sim;

import dev.lamina.model.Population;
import java.util.Arrays;

/*
 * The histogram's bins are the positive floats that share exponent and the upper 10 bits of the significand, so a bin
 * is 0.1 % wide wherever it lies, and two histograms merge exactly.
 */
/** Stands in for a population of neurons and keeps the distribution of its weighted inputs. For one thread. */
final class WeightedInputs implements Neurons {

    private static final int SHIFT = 13;
    private static final int BINS = (Float.floatToIntBits(Float.POSITIVE_INFINITY) >>> SHIFT) + 1;

    private final NeuronLayout layout;
    private final FloatMembranes membranes;
    private final int[] sizes;
    private final long[] histogram = new long[BINS];
    private float maximum;
    private long positive;
    private long total;

    WeightedInputs(Synapses synapses) {
        layout = synapses.layout();
        membranes = synapses.floats().readout(layout, Population.READOUT);
        sizes = layout.sizes();
    }

    @Override
    public void reset() {
        // Inputs have no memory.
    }

    @Override
    public void begin(int firstTick, int ticks) {
        total += (long) ticks * layout.neurons();
    }

    @Override
    public boolean restless() {
        return false;
    }

    @Override
    public boolean restless(int block) {
        return false;
    }

    @Override
    public Membranes membranes() {
        return membranes;
    }

    @Override
    public void prepare(int block, int tick) {
        membranes.clear(block);
    }

    @Override
    public void fire(int block, int tick) {
        float[] inputs = membranes.potentials();
        int offset = layout.blockOffset(block);
        for (int i = offset; i < offset + sizes[block]; i++) {
            float value = inputs[i];
            if (value > 0) {
                maximum = Math.max(maximum, value);
                positive++;
                histogram[Float.floatToRawIntBits(value) >>> SHIFT]++;
            }
        }
    }

    void add(WeightedInputs other) {
        maximum = Math.max(maximum, other.maximum);
        positive += other.positive;
        total += other.total;
        Arrays.setAll(histogram, bin -> histogram[bin] + other.histogram[bin]);
    }

    /** See {@link WeightedInputSimulator#percentile}. */
    float percentile(double percentile) {
        if (percentile >= 100) {
            return maximum;
        }
        long above = (long) (total * (1 - percentile / 100));
        if (above >= positive) {
            return 0;
        }
        int bin = BINS;
        long seen = 0;
        while (seen <= above) {
            seen += histogram[--bin];
        }
        return Math.min(maximum, Float.intBitsToFloat((bin + 1) << SHIFT));
    }
}
