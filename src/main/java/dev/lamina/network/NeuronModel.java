package dev.lamina.network;

/**
 * The leaky integrate-and-fire neuron of a spiking network: what all its layers share. Thresholds belong to a layer.
 *
 * <p>At time step t, with weighted input I and own spikes o:
 *
 * <pre>
 * u[t] = λ·u[t−1] − v·o[t−1] + I[t]      (soft reset; with a hard reset the first two terms are 0 after a spike)
 * o[t] = 1 if u[t] &gt; v else 0
 * </pre>
 *
 * @param leak λ, within [0, 1]; 1 makes it an integrate-and-fire neuron
 * @param reset what a spike does to the potential
 * @param propagation when the next layer sees a spike
 */
public record NeuronModel(float leak, Reset reset, Propagation propagation) {

    /** Integrate-and-fire with soft reset and propagation in the same step: what conversion makes. */
    public static final NeuronModel INTEGRATE_AND_FIRE = new NeuronModel(1f, Reset.SOFT, Propagation.SAME_STEP);

    public NeuronModel {
        if (!(leak >= 0 && leak <= 1)) {
            throw new IllegalArgumentException("leak must be within [0, 1]: " + leak);
        }
    }
}
