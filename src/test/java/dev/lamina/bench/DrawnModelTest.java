package dev.lamina.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Preprocessing;
import dev.lamina.data.Split;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Conv;
import dev.lamina.network.Flatten;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DrawnModelTest {

    @Test
    void everyLayerFiresAtAConvertedNetworksRate() {
        Dataset digits = Datasets.open("drawn-digits", Split.TEST, Optional.empty());
        Shape shape = digits.shape();
        Network network = Network.of(
                "drawn",
                shape,
                List.of(
                        new Conv("conv1", 8, 3, 2, 1),
                        new Conv("conv2", 40, 3, 1, 1),
                        new Flatten("flat"),
                        new Linear("hidden", 50),
                        new Linear("out", 10)));
        SpikingModel model = DrawnModel.of(network, Preprocessing.NONE, digits, 20, 3);
        NetworkSimulator simulator = new NetworkSimulator(NetworkSynapses.of(model, Kernels.fastest()), 10);
        LayerCounts[] counts = {LayerCounts.ZERO, LayerCounts.ZERO, LayerCounts.ZERO};
        for (int sample = 10; sample < 20; sample++) {
            var layers = simulator
                    .run(model.preprocessing().apply(digits, sample), 3, sample, 50)
                    .layers();
            for (int layer = 0; layer < counts.length; layer++) {
                counts[layer] = counts[layer].plus(layers.get(layer));
            }
        }
        for (LayerCounts count : counts) {
            double rate = count.spikes() / (double) count.neuronUpdates();
            assertTrue(rate > 0.02 && rate < 0.08, "a rate of " + rate);
        }
    }
}
