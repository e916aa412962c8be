package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.InputSimulator;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.ReadoutSimulator;
import dev.lamina.sim.SpikeBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/*
 * A target at o sees the pooled positions o·s − p to o·s − p + k − 1. If windows of w positions stand side by side, those are the
 * source positions (o·s − p)·w to (o·s − p + k)·w − 1: a convolution with k·w, s·w and p·w. What no window holds is cut off. A kernel
 * of ones over the presence of spikes then gives, at each target position, the spikes that reach it, and each channel there is a
 * target. All numbers are whole and small, so the tensor library's floats are exact.
 */
/** Synaptic operations counted densely: at each time step, a convolution of where there are spikes with a kernel of ones. */
@SuppressWarnings("try") // A scope or guard acts by being open.
class DenseSynopsTest {

    private static final int TIMESTEPS = 20;
    private static final int SAMPLES = 3;
    private static final long SEED = 11;

    @Test
    void lenetOnDrawnDigits() {
        assertCountsAgree("lenet5-digits", Datasets.open("drawn-digits", Split.TEST, Optional.empty()));
    }

    @Test
    void lenetOnMnist() {
        assertCountsAgree("lenet5-mnist", real("mnist"));
    }

    @Test
    void slimVgg5OnCifar10() {
        assertCountsAgree("vgg5-slim-cifar10", real("cifar10"));
    }

    private static Dataset real(String name) {
        Path data = Path.of(System.getProperty("lamina.data", "data"));
        assumeTrue(
                Files.isDirectory(data.resolve(name)), "no folder " + name + " in " + data + " (-Dlamina.data=FOLDER)");
        return Datasets.open(name, Split.TEST, Optional.of(data));
    }

    private static void assertCountsAgree(String name, Dataset dataset) {
        SpikingModel model = ModelFile.readSpiking(Path.of("models", name + ".safetensors"));
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest());
        InputSimulator input = network.input();
        LayerSimulator[] layers = IntStream.range(0, network.spikingLayers())
                .mapToObj(network::layer)
                .toArray(LayerSimulator[]::new);
        ReadoutSimulator readout = network.readout();
        for (int sample = 0; sample < SAMPLES; sample++) {
            input.begin(model.preprocessing().apply(dataset, sample), SEED, sample);
            SpikeBatch[] spikes = new SpikeBatch[layers.length + 1];
            Arrays.setAll(spikes, i -> new SpikeBatch());
            long[][] counted = new long[layers.length + 1][TIMESTEPS];
            Decisions decisions = Decisions.of(TIMESTEPS);
            for (int tick = 0; tick < TIMESTEPS; tick++) {
                SpikeBatch step = new SpikeBatch();
                input.run(tick, 1, step);
                for (int layer = 0; layer < layers.length; layer++) {
                    spikes[layer].append(step);
                    SpikeBatch out = new SpikeBatch();
                    counted[layer][tick] = layers[layer].run(step, tick, out).synops();
                    step = out;
                }
                spikes[layers.length].append(step);
                counted[layers.length][tick] =
                        readout.run(step, tick, decisions).synops();
            }
            for (int layer = 0; layer <= layers.length; layer++) {
                assertArrayEquals(
                        synops(model.network().projections().get(layer), spikes[layer]),
                        counted[layer],
                        name + ", sample " + sample + ", layer " + layer);
                assertTrue(LongStream.of(counted[layer]).sum() > 0);
            }
        }
    }

    /** By time step. */
    private static long[] synops(Projection projection, SpikeBatch spikes) {
        int window = projection.pool().map(AveragePool::kernel).orElse(1);
        assertEquals(window, projection.pool().map(AveragePool::stride).orElse(1), "windows stand side by side");
        int channels = projection.source().channels();
        int height = projection.pooled().height() * window;
        int width = projection.pooled().width() * window;
        long stride = (long) projection.stride() * window;
        long padding = (long) projection.padding() * window;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor presence = Tensor.create(
                    presence(spikes, projection.source(), height, width), TIMESTEPS, channels, height, width);
            Tensor ones = torch.ones(
                    1, channels, (long) projection.kernelHeight() * window, (long) projection.kernelWidth() * window);
            Tensor reaching = torch.conv2d(
                    presence,
                    ones,
                    new TensorOptional(),
                    new long[] {stride, stride},
                    new long[] {padding, padding},
                    new long[] {1, 1},
                    1);
            long[] synops = new long[TIMESTEPS];
            for (int tick = 0; tick < TIMESTEPS; tick++) {
                Tensor step = reaching.get(tick);
                assertEquals(projection.target().positions(), step.numel());
                long pairs = (long) step.to(torch.ScalarType.Double).sum().item_double();
                synops[tick] = pairs * projection.target().channels();
            }
            return synops;
        }
    }

    /** Ones where there are events, time steps x channels x height x width, of the source's first rows and columns. */
    private static float[] presence(SpikeBatch spikes, Shape source, int height, int width) {
        int size = source.channels() * height * width;
        float[] presence = new float[TIMESTEPS * size];
        for (int tick = 0; tick < TIMESTEPS; tick++) {
            for (int n = spikes.from(tick); n < spikes.to(tick); n++) {
                int position = spikes.indices()[n] / source.channels();
                int channel = spikes.indices()[n] % source.channels();
                int y = position / source.width();
                int x = position % source.width();
                if (y < height && x < width) {
                    presence[tick * size + (channel * height + y) * width + x] = 1;
                }
            }
        }
        return presence;
    }
}
