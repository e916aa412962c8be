package dev.lamina.train;

import dev.lamina.network.Network;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.InputSimulator;
import dev.lamina.sim.LayerSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.PotentialObserver;
import dev.lamina.sim.ReadoutSimulator;
import dev.lamina.sim.SpikeBatch;
import org.eclipse.collections.api.list.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of samples through a spiking network, event by event on the simulator's own kernels: without dropout
 * its spikes are those of the simulator, to the bit. What the way back needs is kept in a {@link SampleRecord}. For one
 * thread at a time.
 */
final class SpikingPass {

    private final Network network;
    private final ImmutableList<DropoutMask> dropout;
    private final int timesteps;
    private final InputSimulator input;
    private final LayerSimulator[] layers;
    private final ReadoutSimulator readout;
    /** A layer reads one while it fills the other. */
    private final SpikeBatch[] spikes = {new SpikeBatch(), new SpikeBatch()};

    private final SpikeBatch masked = new SpikeBatch();
    private final Decisions decisions;
    private @Nullable SampleRecord record;

    /**
     * @param synapses the network with its weights
     * @param dropout the dropout on the way through each projection
     * @param watched whether membrane potentials are recorded
     */
    SpikingPass(NetworkSynapses synapses, ImmutableList<DropoutMask> dropout, int timesteps, boolean watched) {
        this.network = synapses.model().network();
        this.dropout = dropout;
        this.timesteps = timesteps;
        input = synapses.input();
        layers = new LayerSimulator[synapses.spikingLayers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new LayerSimulator(
                    synapses.synapses().get(i),
                    synapses.model().populations().get(i),
                    synapses.model().neuron(),
                    watched ? watcher(i) : null);
        }
        readout = synapses.readout();
        decisions = Decisions.of(timesteps);
    }

    private PotentialObserver watcher(int layer) {
        int neurons = network.projections().get(layer).target().size();
        return (tick, first, u, offset, count) -> {
            if (record != null) {
                System.arraycopy(u, offset, record.potentials(layer), tick * neurons + first, count);
            }
        };
    }

    /**
     * Runs a sample.
     *
     * @param values the preprocessed sample, in neuron order
     * @param encoderSeed the seed of the input events
     * @param sample the sample's index, which the input events depend on
     * @param into receives what happened
     * @return the readout's potentials after the last time step
     */
    float[] run(float[] values, long encoderSeed, int sample, SampleRecord into) {
        record = into;
        input.begin(values, encoderSeed, sample);
        input.run(0, timesteps, into.input());
        SpikeBatch in = mask(0, into, into.input());
        for (int i = 0; i < layers.length; i++) {
            SpikeBatch fired = spikes[i & 1];
            layers[i].run(in, 0, fired);
            into.spikes(i).record(fired);
            in = mask(i + 1, into, fired);
        }
        readout.run(in, 0, decisions);
        return readout.potentials();
    }

    private SpikeBatch mask(int projection, SampleRecord into, SpikeBatch batch) {
        DropoutMask mask = dropout.get(projection);
        if (mask.passesAll()) {
            return batch;
        }
        mask.apply(into.mask(projection), batch, masked);
        return masked;
    }
}
