package dev.lamina.report;

import dev.lamina.energy.Workload;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.collections.api.list.ImmutableList;

/** The running sums over the samples of a simulation. Not thread-safe. */
public final class Tally {

    private final ImmutableList<Projection> projections;
    private final int inputNeurons;
    private final LayerCounts[] layers;
    private final long[] right;
    private long inputEvents;
    private int samples;

    /**
     * A tally of nothing yet.
     *
     * @param inputNeurons the size of the input population
     * @param projections the weight layers of the network, in order
     * @param timesteps T
     */
    public Tally(int inputNeurons, ImmutableList<Projection> projections, int timesteps) {
        this.projections = projections;
        this.inputNeurons = inputNeurons;
        layers = new LayerCounts[projections.size()];
        Arrays.fill(layers, LayerCounts.ZERO);
        right = new long[timesteps];
    }

    /** Counts a sample whose true class is {@code label}. */
    public void add(Inference inference, int label) {
        for (int tick = 0; tick < right.length; tick++) {
            right[tick] += inference.predictions()[tick] == label ? 1 : 0;
        }
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = layers[layer].plus(inference.layers().get(layer));
        }
        inputEvents += inference.inputEvents();
        samples++;
    }

    /** The number of samples counted. */
    public int samples() {
        return samples;
    }

    /** The part of the samples, from 0 to 1, that were classified rightly after each time step. */
    public double[] accuracyByTimestep() {
        double[] accuracy = new double[right.length];
        Arrays.setAll(accuracy, tick -> samples == 0 ? 0 : (double) right[tick] / samples);
        return accuracy;
    }

    /** The input population. */
    public LayerTotal input() {
        return new LayerTotal(Network.INPUT, inputNeurons, new LayerCounts(inputEvents, 0, 0), slots(inputNeurons));
    }

    /** The layers, the readout last. */
    public ImmutableList<LayerTotal> layers() {
        return projections.collectWithIndex((projection, i) -> {
            int neurons = projection.target().size();
            return new LayerTotal(projection.name(), neurons, layers[i], slots(neurons));
        });
    }

    /** All layers together, without the input. */
    public LayerCounts total() {
        return Arrays.stream(layers).reduce(LayerCounts.ZERO, LayerCounts::plus);
    }

    /**
     * What each layer did for a sample, on average. Which neurons got input in a time step, and where packets went, was not
     * counted: all neuron updates are taken to be touched, and each event to be one packet that goes nowhere.
     *
     * @param analogInput whether the input events are analog, so that the first layer's synaptic operations multiply
     */
    public List<Workload> workloads(boolean analogInput) {
        double divisor = Math.max(1, samples);
        List<Workload> workloads = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            Projection projection = projections.get(i);
            boolean analog = analogInput && i == 0;
            double synops = layers[i].synops() / divisor;
            double updates = layers[i].neuronUpdates() / divisor;
            double events = (i == 0 ? inputEvents : layers[i - 1].spikes()) / divisor;
            workloads.add(new Workload(
                    projection.name(),
                    size(projection),
                    right.length,
                    analog ? 0 : synops,
                    analog ? synops : 0,
                    updates,
                    updates,
                    events,
                    layers[i].spikes() / divisor,
                    events,
                    0));
        }
        return workloads;
    }

    /** How large the layer behind a projection is. */
    static Workload.Size size(Projection projection) {
        return new Workload.Size(
                projection.source().size(),
                projection.pooled().size(),
                projection.target().size(),
                projection.weights(),
                projection.macs());
    }

    private long slots(int neurons) {
        return (long) neurons * right.length * samples;
    }
}
