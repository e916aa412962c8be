package dev.lamina.sim;

/**
 * A layer whose neurons only watch: it keeps the distribution of their weighted inputs, from which a threshold can be
 * balanced. For one thread at a time.
 */
public final class WeightedInputSimulator {

    private final SynapticInput input;
    private final WeightedInputs inputs;

    /** A layer that has seen nothing yet. */
    public WeightedInputSimulator(Synapses synapses) {
        input = new SynapticInput(synapses);
        inputs = new WeightedInputs(synapses);
    }

    /** Watches the time steps of a batch. */
    public void run(SpikeBatch in) {
        input.run(in, 0, inputs);
    }

    /** Adds what another simulator of the same layer has seen. */
    public void add(WeightedInputSimulator other) {
        inputs.add(other.inputs);
    }

    /**
     * A percentile of the weighted inputs seen, over time steps, samples and neurons, inputs of 0 included.
     *
     * @param percentile within (0, 100]; 100 is the maximum, less is exact to 0.1 %
     * @return 0 if the percentile is not positive
     */
    public float percentile(double percentile) {
        return inputs.percentile(percentile);
    }
}
