package dev.lamina.sim;

import java.util.Arrays;
import org.eclipse.collections.api.factory.Lists;

/**
 * A whole network simulated on the calling thread, layer after layer, without actors. It gives what the chip gives,
 * bit for bit. For one thread at a time.
 */
public final class NetworkSimulator {

    private final NetworkSynapses network;
    private final int burst;
    private final InputSimulator input;
    private final LayerSimulator[] layers;
    private final ReadoutSimulator readout;
    private final SpikeBatch[] batches;
    private long passes;

    /**
     * A network at rest.
     *
     * @param network the network
     * @param burst how many time steps a layer takes before the next layer's turn, at least 1
     */
    public NetworkSimulator(NetworkSynapses network, int burst) {
        if (burst < 1) {
            throw new IllegalArgumentException("a burst has at least 1 time step, not " + burst);
        }
        this.network = network;
        this.burst = burst;
        input = network.input();
        layers = new LayerSimulator[network.spikingLayers()];
        Arrays.setAll(layers, network::layer);
        readout = network.readout();
        batches = new SpikeBatch[layers.length + 1];
        Arrays.setAll(batches, i -> new SpikeBatch());
    }

    /**
     * Simulates a sample.
     *
     * @param values the preprocessed sample, in neuron order
     * @param seed the seed of the run
     * @param sample the sample's index, part of the random numbers' counter
     * @param timesteps T, at least 1
     */
    public Inference run(float[] values, long seed, int sample, int timesteps) {
        return run(values, seed, sample, timesteps, SpikeObserver.NONE);
    }

    /** Simulates a sample and shows the observer every batch. */
    public Inference run(float[] values, long seed, int sample, int timesteps, SpikeObserver observer) {
        LayerCounts[] counts = new LayerCounts[layers.length + 1];
        Arrays.fill(counts, LayerCounts.ZERO);
        Decisions decisions = Decisions.of(timesteps);
        long inputEvents = 0;
        passes++;
        input.begin(values, seed, sample);
        for (int first = 0; first < timesteps; first += burst) {
            input.run(first, Math.min(burst, timesteps - first), batches[0]);
            observer.spikes(SpikeObserver.INPUT, sample, passes, first, batches[0]);
            inputEvents += batches[0].count();
            for (int i = 0; i < layers.length; i++) {
                counts[i] = counts[i].plus(layers[i].run(batches[i], first, batches[i + 1]));
                observer.spikes(i, sample, passes, first, batches[i + 1]);
            }
            counts[layers.length] = counts[layers.length].plus(readout.run(batches[layers.length], first, decisions));
        }
        return new Inference(sample, decisions, inputEvents, Lists.immutable.of(counts), readout.potentials());
    }

    /** The network being simulated. */
    public NetworkSynapses network() {
        return network;
    }
}
