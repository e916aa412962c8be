package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;

/** Weights in fixed point. */
final class FixedWeights implements SynapticWeights {

    private final float[] tensor;
    private final float scale;
    private final FixedPoint numbers;
    private final int largestPayload;
    private final FixedKernel kernel;
    /** What a time step may add to a potential without a look. */
    private final int room;

    private short[] weights = {};

    FixedWeights(
            float[] tensor,
            float scale,
            FixedPoint numbers,
            int largestPayload,
            FixedKernel kernel,
            Population population) {
        this.tensor = tensor;
        this.scale = scale;
        this.numbers = numbers;
        this.largestPayload = largestPayload;
        this.kernel = kernel;
        room = numbers.room(population);
    }

    @Override
    public int lanes() {
        return kernel.lanes();
    }

    @Override
    public LaneOrder order() {
        return kernel.order();
    }

    @Override
    public void allocate(int size) {
        weights = new short[size];
    }

    @Override
    public void set(int at, int index) {
        weights[at] = (short) numbers.weight(tensor[index] * scale);
    }

    @Override
    public boolean whole() {
        return true;
    }

    @Override
    public boolean addable(int rows) {
        return (long) rows * largestPayload * numbers.weightLimit() <= room;
    }

    @Override
    public SpikingMembranes spiking(NeuronLayout layout, Population population, NeuronModel model) {
        return new FixedMembranes(layout, sums(layout), numbers, population, model);
    }

    @Override
    public ReadoutMembranes readout(NeuronLayout layout, Population population) {
        return new FixedReadout(layout, sums(layout), numbers, population);
    }

    private FixedSums sums(NeuronLayout layout) {
        return new FixedSums(layout, weights, kernel, numbers.weightLimit());
    }
}
