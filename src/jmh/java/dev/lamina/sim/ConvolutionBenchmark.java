package dev.lamina.sim;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Conv;
import dev.lamina.network.Flatten;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.collections.api.factory.Lists;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A 3 x 3 convolution of 16 x 16 positions in a burst of 25 time steps, whose sources fire at random. {@code synops} is the
 * rate of synaptic operations; the roofline beside it is the rate at which a core loads and adds as many floats as the
 * layer has weights.
 *
 * <pre>
 * mvn -q -Pjmh clean test-compile exec:exec -Djmh="ConvolutionBenchmark -p channels=128"
 * </pre>
 *
 * Several forks, because the compiler's choices differ from one start to the next.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx1g"})
public class ConvolutionBenchmark {

    private static final int SIDE = 16;
    private static final int BURST = 25;

    @Param({"64", "128", "256"})
    public int channels;

    @Param({"0.02", "0.05", "0.08"})
    public float activity;

    @Param
    public Arithmetic arithmetic;

    private final SpikeBatch in = new SpikeBatch();
    private final SpikeBatch out = new SpikeBatch();
    private LayerSimulator layer;
    private float[] weights;

    /** What was done, for a rate beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long synops;
    }

    @Setup
    public void setUp() {
        Random random = new Random(1);
        Network network = Network.of(
                "convolution",
                new Shape(channels, SIDE, SIDE),
                List.of(new Conv("conv", channels, 3, 1, 1), new Flatten("flat"), new Linear("out", 1)));
        float[] conv = new float[network.projections().get(0).weights()];
        for (int i = 0; i < conv.length; i++) {
            conv[i] = (float) random.nextGaussian();
        }
        weights = new float[Math.max(Kernel.TOTAL_BLOCK, conv.length / Kernel.TOTAL_BLOCK * Kernel.TOTAL_BLOCK)];
        // Some neurons fire, as in a converted network: about one in fifty.
        float threshold = 60 * (float) Math.sqrt(9 * channels * activity);
        SpikingModel model = new SpikingModel(
                network,
                Weights.of(
                        network,
                        List.of(conv, new float[network.projections().get(1).weights()])),
                NeuronModel.INTEGRATE_AND_FIRE,
                Lists.immutable.of(Population.ofThreshold(threshold, channels), Population.READOUT),
                Encoder.UNSIGNED_POISSON,
                Preprocessing.NONE,
                BURST,
                Provenance.of("random", 1));
        layer = NetworkSynapses.of(model, Kernels.fastest(), arithmetic).layer(0);
        for (int tick = 0; tick < BURST; tick++) {
            for (int i = 0; i < network.input().size(); i++) {
                if (random.nextFloat() < activity) {
                    in.add(i);
                }
            }
            in.endTick();
        }
    }

    @Benchmark
    public long burst(Work work) {
        LayerCounts counts = layer.run(in, 0, out);
        work.synops += counts.synops();
        return counts.spikes();
    }

    @Benchmark
    public float roofline(Work work) {
        work.synops += weights.length;
        return Kernels.fastest().total(weights);
    }
}
