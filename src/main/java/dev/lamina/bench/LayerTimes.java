package dev.lamina.bench;

import dev.lamina.network.Projection;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.InputSimulator;
import dev.lamina.sim.Kernel;
import dev.lamina.sim.LayerSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.ReadoutSimulator;
import dev.lamina.sim.SpikeBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** Measures layer by layer, on the calling thread and without actors. */
final class LayerTimes {

    private final NetworkSynapses network;
    private final int burst;
    private final InputSimulator input;
    private final LayerSimulator[] layers;
    private final ReadoutSimulator readout;
    private final SpikeBatch[] batches;
    private final long[] nanos;
    private final long[] synops;

    LayerTimes(NetworkSynapses network, int burst) {
        this.network = network;
        this.burst = burst;
        input = network.input();
        layers = new LayerSimulator[network.spikingLayers()];
        Arrays.setAll(layers, network::layer);
        readout = network.readout();
        batches = new SpikeBatch[layers.length + 1];
        Arrays.setAll(batches, i -> new SpikeBatch());
        nanos = new long[layers.length + 1];
        synops = new long[layers.length + 1];
    }

    /** Runs {@code samples} once to warm up and then {@code rounds} times. */
    ImmutableList<LayerSpeed> measure(float[][] samples, int timesteps, long seed, int rounds, Kernel kernel) {
        MutableList<List<Double>> seconds = Lists.mutable.empty();
        Arrays.stream(nanos).forEach(layer -> seconds.add(new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            Arrays.fill(nanos, 0);
            Arrays.fill(synops, 0);
            for (int sample = 0; sample < samples.length; sample++) {
                run(samples[sample], seed, sample, timesteps);
            }
            for (int layer = 0; layer < nanos.length && round > 0; layer++) {
                seconds.get(layer).add(nanos[layer] / 1e9 / samples.length);
            }
        }
        MutableList<LayerSpeed> speeds = Lists.mutable.empty();
        for (Projection projection : network.model().network().projections()) {
            int layer = speeds.size();
            speeds.add(new LayerSpeed(
                    projection.name(),
                    projection.weights(),
                    synops[layer] / (double) samples.length,
                    Timed.of(seconds.get(layer)).median(),
                    Roofline.floatsPerSecond(kernel, projection.weights())));
        }
        return speeds.toImmutable();
    }

    private void run(float[] values, long seed, int sample, int timesteps) {
        Decisions decisions = Decisions.of(timesteps);
        input.begin(values, seed, sample);
        for (int first = 0; first < timesteps; first += burst) {
            input.run(first, Math.min(burst, timesteps - first), batches[0]);
            for (int layer = 0; layer < layers.length; layer++) {
                long start = System.nanoTime();
                synops[layer] += layers[layer]
                        .run(batches[layer], first, batches[layer + 1])
                        .synops();
                nanos[layer] += System.nanoTime() - start;
            }
            long start = System.nanoTime();
            synops[layers.length] +=
                    readout.run(batches[layers.length], first, decisions).synops();
            nanos[layers.length] += System.nanoTime() - start;
        }
    }
}
