package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Reset;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Membranes of spiking neurons in fixed point. */
final class FixedMembranes implements SpikingMembranes {

    private final NeuronLayout layout;
    private final FixedSums sums;
    private final FixedPoint numbers;
    private final int leakFactor;
    private final boolean leaks;
    private final boolean hard;
    private final short[] thresholds;
    private final short @Nullable [] bias;
    /** What a time step may add to a potential without a look. */
    private final int room;

    private final short[] start;
    private final int[] tileOffsets;
    private final int[] firstNeurons;
    private final int[] sizes;
    private final int[] neurons;
    private final short[] potentials;
    private final float[] shown;

    FixedMembranes(NeuronLayout layout, FixedSums sums, FixedPoint numbers, Population population, NeuronModel model) {
        this.layout = layout;
        this.sums = sums;
        this.numbers = numbers;
        leakFactor = FixedPoint.leakFactor(model.leak());
        leaks = model.leak() != 1;
        hard = model.reset() == Reset.HARD;
        float[] byChannel = Objects.requireNonNull(population.thresholds(), "a spiking population has thresholds");
        thresholds = shorts(layout.tile(rounded(byChannel, true), FixedPoint.POTENTIAL_LIMIT));
        bias = population.bias() == null ? null : shorts(layout.tile(rounded(population.bias(), false), 0));
        room = numbers.room(population);
        if (population.initialPotential() == null) {
            start = new short[layout.floats()];
        } else {
            start = shorts(layout.spread(rounded(population.initialPotential(), false)));
            for (int i = 0; i < start.length; i++) {
                start[i] = (short) FixedPoint.leak(start[i], leakFactor);
            }
        }
        tileOffsets = layout.tileOffsets();
        firstNeurons = layout.firstNeurons();
        sizes = layout.sizes();
        neurons = layout.lanePlaces();
        potentials = start.clone();
        shown = new float[layout.blockLength()];
    }

    private float[] rounded(float[] values, boolean thresholds) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = thresholds ? numbers.threshold(values[i]) : numbers.potential(values[i]);
        }
        return rounded;
    }

    private static short[] shorts(float[] whole) {
        short[] shorts = new short[whole.length];
        for (int i = 0; i < whole.length; i++) {
            shorts[i] = (short) whole[i];
        }
        return shorts;
    }

    @Override
    public void reset() {
        System.arraycopy(start, 0, potentials, 0, potentials.length);
    }

    @Override
    public void leak(int block) {
        int offset = layout.blockOffset(block);
        for (int i = offset; i < offset + layout.blockLength(); i++) {
            potentials[i] = (short) FixedPoint.leak(potentials[i], leakFactor);
        }
    }

    @Override
    public void addBias(int block) {
        if (bias != null) {
            int offset = layout.blockOffset(block);
            for (int i = 0; i < layout.blockLength(); i++) {
                potentials[offset + i] += bias[tileOffsets[block] + i];
            }
        }
    }

    @Override
    public void addRows(int block, RowList rows) {
        if (sums.within(room, rows)) {
            sums.addTo(potentials, block, rows);
        } else {
            sums.addSaturated(potentials, block, rows);
        }
    }

    @Override
    public void addDense(int block, DenseWindow window) {
        sums.addTo(potentials, block, window);
    }

    @Override
    public void addRuns(RunTable runs, SpikeBatch events, int tick) {
        sums.addRuns(runs, events, tick, potentials);
    }

    @Override
    public void fire(int block, long[] fired) {
        int offset = layout.blockOffset(block);
        int length = layout.blockLength();
        if (leaks || hard) {
            fireOneByOne(block, fired);
        } else {
            sums.kernel()
                    .fire(
                            potentials,
                            offset,
                            length,
                            thresholds,
                            tileOffsets[block],
                            FixedPoint.POTENTIAL_LIMIT,
                            fired);
        }
    }

    private void fireOneByOne(int block, long[] fired) {
        Arrays.fill(fired, 0);
        for (int neuron = 0; neuron < sizes[block]; neuron++) {
            int place = layout.blockOffset(block) + neurons[neuron];
            int threshold = thresholds[tileOffsets[block] + neurons[neuron]];
            int potential = FixedPoint.saturated(potentials[place]);
            int residual = FixedPoint.leak(potential, leakFactor);
            if (potential > threshold) {
                fired[neuron >>> 6] |= 1L << neuron;
                residual = hard ? 0 : residual - threshold;
            }
            potentials[place] = (short) residual;
        }
    }

    @Override
    public void show(int block, int tick, PotentialObserver observer) {
        for (int neuron = 0; neuron < sizes[block]; neuron++) {
            shown[neuron] =
                    FixedPoint.saturated(potentials[layout.blockOffset(block) + neurons[neuron]]) * numbers.step();
        }
        observer.potentials(tick, firstNeurons[block], shown, 0, sizes[block]);
    }
}
