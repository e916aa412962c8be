package dev.lamina.sim;

import dev.lamina.model.Population;
import org.jspecify.annotations.Nullable;

/** Membranes of a readout in fixed point, with 32 bits: they only integrate. */
final class FixedReadout implements ReadoutMembranes {

    private final NeuronLayout layout;
    private final FixedSums sums;
    private final FixedPoint numbers;
    private final float @Nullable [] bias;
    private final float @Nullable [] start;
    private final int[] tileOffsets;
    private final int[] potentials;

    FixedReadout(NeuronLayout layout, FixedSums sums, FixedPoint numbers, Population population) {
        this.layout = layout;
        this.sums = sums;
        this.numbers = numbers;
        bias = population.bias() == null ? null : layout.tile(population.bias(), 0);
        start = population.initialPotential() == null ? null : layout.spread(population.initialPotential());
        tileOffsets = layout.tileOffsets();
        potentials = new int[layout.floats()];
        reset();
    }

    @Override
    public void reset() {
        for (int i = 0; i < potentials.length; i++) {
            potentials[i] = start == null ? 0 : numbers.potential(start[i]);
        }
    }

    @Override
    public void addBias(int block) {
        if (bias != null) {
            int offset = layout.blockOffset(block);
            for (int i = 0; i < layout.blockLength(); i++) {
                potentials[offset + i] += numbers.potential(bias[tileOffsets[block] + i]);
            }
        }
    }

    @Override
    public void addRows(int block, RowList rows) {
        sums.addTo(potentials, layout.blockOffset(block), rows);
    }

    @Override
    public void addDense(int block, DenseWindow window) {
        sums.addTo(potentials, layout.blockOffset(block), window);
    }

    @Override
    public void addRuns(RunTable runs, SpikeBatch events, int tick) {
        sums.addRuns(runs, events, tick, potentials);
    }

    @Override
    public void copy(int block, double[] to, int at) {
        for (int i = 0; i < layout.blockLength(); i++) {
            to[at + i] = (double) potentials[layout.blockOffset(block) + i] * numbers.step();
        }
    }

    @Override
    public double potential(int neuron) {
        return (double) potentials[layout.offset(neuron)] * numbers.step();
    }
}
