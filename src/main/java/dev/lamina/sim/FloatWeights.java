package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;

/** Weights in float32, each scaled once by the pool's 1/k². */
final class FloatWeights implements SynapticWeights {

    private final float[] tensor;
    private final float scale;
    private final Kernel kernel;
    private float[] weights = {};

    FloatWeights(float[] tensor, float scale, Kernel kernel) {
        this.tensor = tensor;
        this.scale = scale;
        this.kernel = kernel;
    }

    @Override
    public int lanes() {
        return kernel.lanes();
    }

    @Override
    public LaneOrder order() {
        return LaneOrder.PLAIN;
    }

    @Override
    public void allocate(int size) {
        weights = new float[size];
    }

    @Override
    public void set(int at, int index) {
        weights[at] = tensor[index] * scale;
    }

    @Override
    public boolean whole() {
        return false;
    }

    @Override
    public boolean addable(int rows) {
        return true;
    }

    @Override
    public SpikingMembranes spiking(NeuronLayout layout, Population population, NeuronModel model) {
        return new FloatMembranes(layout, weights, kernel, population, model);
    }

    @Override
    public FloatMembranes readout(NeuronLayout layout, Population population) {
        return new FloatMembranes(layout, weights, kernel, population, NeuronModel.INTEGRATE_AND_FIRE);
    }
}
