package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The dense run, whose sums are in another order, beside the event-driven one on a trained LeNet-5. */
class DenseAgreementTest {

    private static final int SAMPLES = 200;
    private static final int TIMESTEPS = 20;
    private static final long SEED = 3;

    @Test
    void predictionsAndSpikeCountsAgree() {
        SpikingModel model = ModelFile.readSpiking(Path.of("models", "lenet5-digits.safetensors"));
        Dataset digits = Datasets.open("drawn-digits", Split.TEST, Optional.empty());
        DenseRun dense = new DenseSimulation(model, new DenseSettings(TIMESTEPS, SEED, 50, false))
                .run(digits, IntStream.range(0, SAMPLES).toArray());
        NetworkSimulator events = new NetworkSimulator(NetworkSynapses.of(model, Kernels.fastest()), TIMESTEPS);
        long[] spikes = new long[dense.spikes().length];
        long inputEvents = 0;
        int agreeing = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Inference inference = events.run(model.preprocessing().apply(digits, sample), SEED, sample, TIMESTEPS);
            agreeing += inference.prediction() == dense.predictions()[sample][TIMESTEPS - 1] ? 1 : 0;
            inputEvents += inference.inputEvents();
            for (int layer = 0; layer < spikes.length; layer++) {
                spikes[layer] += inference.layers().get(layer).spikes();
            }
        }
        assertEquals(inputEvents, dense.inputEvents(), "both see the same random numbers");
        assertTrue(agreeing >= SAMPLES - 1, "predictions that agree: " + agreeing);
        for (int layer = 0; layer < spikes.length; layer++) {
            long apart = Math.abs(spikes[layer] - dense.spikes()[layer]);
            assertTrue(1000 * apart <= spikes[layer], "spikes of layer " + layer + " that differ: " + apart);
        }
    }
}
