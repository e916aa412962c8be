package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import dev.lamina.sim.SpikeBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the sum in the plainest loops, in double precision. */
@SuppressWarnings("try") // A scope acts by being open.
class EventWeightGradientTest {

    private static final int TIMESTEPS = 70;
    private static final int SAMPLES = 3;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type = conv, name = b, channels = 5, kernel = 3, padding = 1 }",
                "{ type = conv, name = b, channels = 70, kernel = 3, stride = 2, padding = 2 }",
                "{ type = conv, name = b, channels = 3, kernel = 5 }",
                "{ type = average-pool, name = p, kernel = 2 }, { type = conv, name = b, channels = 33, kernel = 2 }",
                "{ type = average-pool, name = p, kernel = 3, stride = 2 }, { type = conv, name = b, channels = 5, kernel = 3, padding = 1 }",
                "{ type = average-pool, name = p, kernel = 3 }, { type = flatten, name = f }, { type = linear, name = b, outputs = 150 }",
                "{ type = dropout, name = d, probability = 0.4 }, { type = flatten, name = f }, { type = linear, name = b, outputs = 7 }"
            })
    void isThePlainSum(String layers) {
        Network network = TinyNetworks.network("""
                name = tiny, input { channels = 1, height = 7, width = 8 }
                layers = [ { type = conv, name = a, channels = 6, kernel = 1 }
                %s
                { type = flatten, name = last }, { type = linear, name = out, outputs = 2 } ]
                """.formatted(layers.replace("}, {", "}\n{")));
        Random random = new Random(4);
        List<SampleRecord> records = records(network, random);
        Projection p = network.projections().get(1);
        float[] delta =
                TinyNetworks.values(random, SAMPLES * TIMESTEPS * p.target().size(), 1);
        SourceSpikes spikes = new SourceSpikes(p, TIMESTEPS);
        EventWeightGradient events = new EventWeightGradient(p, TIMESTEPS);
        try (PointerScope scope = new PointerScope()) {
            Tensor gradient = torch.zeros(p.weights());
            gradient.fill_(new org.bytedeco.pytorch.Scalar(1f));
            for (int round = 0; round < 2; round++) {
                spikes.count(records, 0);
                spikes.list(records, 0);
                events.add(FloatBuffer.wrap(delta), SAMPLES, spikes);
            }
            events.moveTo(gradient, 0.5f);
            events.moveTo(gradient, 0.5f);

            double[] expected = plain(p, records, delta);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(1 + expected[i], RecordTensors.floats(gradient).get(i), 1e-3, "weight " + i);
            }
        }
    }

    private static List<SampleRecord> records(Network network, Random random) {
        List<SampleRecord> records = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            SampleRecord record = new SampleRecord(network, TIMESTEPS, false);
            record.draw(DropoutMask.of(network), 3, i);
            SpikeBatch fired = new SpikeBatch();
            for (int t = 0; t < TIMESTEPS; t++) {
                for (int n = 0; n < network.projections().get(0).target().size(); n++) {
                    if (random.nextInt(12) == 0) {
                        fired.add(n);
                    }
                }
                fired.endTick();
            }
            record.spikes(0).record(fired);
            records.add(record);
        }
        return records;
    }

    private static double[] plain(Projection p, List<SampleRecord> records, float[] delta) {
        Shape target = p.target();
        Shape pooled = p.pooled();
        int window = p.pool().map(AveragePool::kernel).orElse(1);
        int step = p.pool().map(AveragePool::stride).orElse(1);
        double[] sums = new double[p.weights()];
        for (int i = 0; i < SAMPLES; i++) {
            int sample = i;
            records.get(i).forEachSpike(0, (tick, neuron, payload) -> {
                int channel = neuron % p.source().channels();
                int row = neuron / p.source().channels() / p.source().width();
                int column = neuron / p.source().channels() % p.source().width();
                for (int y = 0; y < target.height(); y++) {
                    for (int x = 0; x < target.width(); x++) {
                        for (int ky = 0; ky < p.kernelHeight(); ky++) {
                            for (int kx = 0; kx < p.kernelWidth(); kx++) {
                                int top = y * p.stride() + ky - p.padding();
                                int left = x * p.stride() + kx - p.padding();
                                boolean inside =
                                        top >= 0 && top < pooled.height() && left >= 0 && left < pooled.width();
                                boolean pools = row >= top * step
                                        && row < top * step + window
                                        && column >= left * step
                                        && column < left * step + window;
                                if (inside && pools) {
                                    for (int o = 0; o < target.channels(); o++) {
                                        int weight = ((o * pooled.channels() + channel) * p.kernelHeight() + ky)
                                                        * p.kernelWidth()
                                                + kx;
                                        sums[weight] += delta[
                                                (sample * TIMESTEPS + tick) * target.size() + target.index(o, y, x)];
                                    }
                                }
                            }
                        }
                    }
                }
            });
        }
        return sums;
    }
}
