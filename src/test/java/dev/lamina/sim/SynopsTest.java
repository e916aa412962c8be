package dev.lamina.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.Seeds;
import dev.lamina.data.Encoder;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Conv;
import dev.lamina.network.Layer;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Synaptic operations against the network unrolled: for each source neuron the set of neurons it reaches, put together layer by
 * layer from what a pool, a convolution and a linear layer are. It asks no
 * projection and no fan-out.
 */
class SynopsTest {

    private static final int TIMESTEPS = 5;

    static LongStream seeds() {
        return Seeds.of(60);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void eachEventCountsOnceForEachNeuronItReaches(long seed) {
        SpikingModel drawn = RandomModels.model(seed);
        List<BitSet[]> synapses = unrolled(drawn.network());
        for (Encoder encoder : Encoder.values()) {
            SpikingModel model = drawn.withEncoder(encoder);
            float[] values = RandomModels.sample(model, seed);
            for (Arithmetic arithmetic : Arithmetic.values()) {
                if (encoder != Encoder.DIRECT || arithmetic == Arithmetic.FLOAT32) {
                    long[] expected = new long[synapses.size()];
                    SpikeObserver walk = (layer, sample, pass, firstTick, spikes) -> {
                        BitSet[] outgoing = synapses.get(layer - SpikeObserver.INPUT);
                        for (int n = 0; n < spikes.count(); n++) {
                            BitSet targets = outgoing[spikes.indices()[n]];
                            for (int target = targets.nextSetBit(0);
                                    target >= 0;
                                    target = targets.nextSetBit(target + 1)) {
                                expected[layer - SpikeObserver.INPUT]++;
                            }
                        }
                    };
                    NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest(), arithmetic);
                    Inference counted = new NetworkSimulator(network, 3).run(values, seed, 0, TIMESTEPS, walk);
                    assertArrayEquals(expected, synops(counted), "seed " + seed + ", " + encoder + ", " + arithmetic);
                }
            }
        }
    }

    /** A corner, an edge and the middle of 3 x 3 positions reach 4, 6 and 9 of them, on two channels. */
    @Test
    void bordersByHand() {
        assertArrayEquals(new long[] {8, 12, 8, 12, 18, 12, 8, 12, 8}, ofOneEvent(new Conv("conv", 2, 3, 1, 1)));
    }

    /** Windows of 2 x 2 at every position overlap; a kernel of 1 x 1 behind them has four targets, a kernel of 2 x 2 only one. */
    @Test
    void overlappingWindowsByHand() {
        AveragePool pool = new AveragePool("pool", 2, 1);
        assertArrayEquals(new long[] {1, 2, 1, 2, 4, 2, 1, 2, 1}, ofOneEvent(pool, new Conv("conv", 1, 1, 1, 0)));
        assertArrayEquals(new long[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, ofOneEvent(pool, new Conv("conv", 1, 2, 1, 0)));
    }

    /** The one window of 2 x 2 in 3 x 3 positions leaves a row and a column out. */
    @Test
    void whatNoWindowHoldsReachesNobody() {
        assertArrayEquals(
                new long[] {3, 3, 0, 3, 3, 0, 0, 0, 0},
                ofOneEvent(new AveragePool("pool", 2, 2), new Conv("conv", 3, 1, 1, 0)));
    }

    /** What a current of −0.5 counts in each of 3 x 3 positions, in one time step. */
    private static long[] ofOneEvent(Layer... layers) {
        Network network = Network.of("by hand", new Shape(1, 3, 3), List.of(layers));
        SpikingModel model = RandomModels.model(network, NeuronModel.INTEGRATE_AND_FIRE, Encoder.DIRECT, new Random(1));
        NetworkSimulator simulator = new NetworkSimulator(NetworkSynapses.of(model, Kernels.fastest()), 1);
        long[] counts = new long[9];
        for (int position = 0; position < counts.length; position++) {
            float[] values = new float[9];
            values[position] = -0.5f;
            counts[position] = synops(simulator.run(values, 1, 0, 1))[0];
        }
        return counts;
    }

    private static long[] synops(Inference inference) {
        return inference.layers().collectLong(LayerCounts::synops).toArray();
    }

    /** For each weight layer and each neuron of the population before it, the neurons that it reaches. */
    private static List<BitSet[]> unrolled(Network network) {
        List<BitSet[]> synapses = new ArrayList<>();
        Shape shape = network.input();
        BitSet[] reached = itself(shape);
        for (Layer layer : network.layers()) {
            Shape output = layer.output(shape);
            if (layer instanceof AveragePool pool) {
                reached = through(reached, pooling(pool, shape, output));
            } else if (layer instanceof Conv conv) {
                synapses.add(through(reached, convolution(conv, shape, output)));
                reached = itself(output);
            } else if (layer instanceof Linear) {
                BitSet all = new BitSet();
                all.set(0, output.size());
                BitSet[] toAll = new BitSet[shape.size()];
                Arrays.fill(toAll, all);
                synapses.add(through(reached, toAll));
                reached = itself(output);
            }
            // A flatten layer gives other names to the same neurons, and dropout is for training.
            shape = output;
        }
        return synapses;
    }

    private static BitSet[] itself(Shape shape) {
        BitSet[] itself = none(shape);
        for (int i = 0; i < itself.length; i++) {
            itself[i].set(i);
        }
        return itself;
    }

    private static BitSet[] pooling(AveragePool pool, Shape in, Shape out) {
        BitSet[] reached = none(in);
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int i = 0; i < pool.kernel(); i++) {
                    for (int j = 0; j < pool.kernel(); j++) {
                        for (int c = 0; c < in.channels(); c++) {
                            reached[in.index(c, y * pool.stride() + i, x * pool.stride() + j)].set(out.index(c, y, x));
                        }
                    }
                }
            }
        }
        return reached;
    }

    private static BitSet[] convolution(Conv conv, Shape in, Shape out) {
        BitSet[] reached = none(in);
        for (int oy = 0; oy < out.height(); oy++) {
            for (int ox = 0; ox < out.width(); ox++) {
                for (int i = 0; i < conv.kernel(); i++) {
                    for (int j = 0; j < conv.kernel(); j++) {
                        int y = oy * conv.stride() - conv.padding() + i;
                        int x = ox * conv.stride() - conv.padding() + j;
                        for (int c = 0; c < in.channels() && y >= 0 && y < in.height(); c++) {
                            if (x >= 0 && x < in.width()) {
                                reached[in.index(c, y, x)].set(
                                        out.index(0, oy, ox), out.index(0, oy, ox) + out.channels());
                            }
                        }
                    }
                }
            }
        }
        return reached;
    }

    /** First one way, then the other; two ways that meet in a neuron reach it once. */
    private static BitSet[] through(BitSet[] first, BitSet[] second) {
        BitSet[] both = new BitSet[first.length];
        for (int i = 0; i < first.length; i++) {
            both[i] = new BitSet();
            first[i].stream().mapToObj(middle -> second[middle]).forEach(both[i]::or);
        }
        return both;
    }

    private static BitSet[] none(Shape shape) {
        BitSet[] none = new BitSet[shape.size()];
        Arrays.setAll(none, i -> new BitSet());
        return none;
    }
}
