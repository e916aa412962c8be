package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights, thresholds and leak are multiples of 1/64 or a half, so that all simulations agree on every spike. */
@SuppressWarnings("try") // A scope or guard acts by being open.
class BackwardPassTest {

    private static final int SAMPLES = 3;

    /** By layer, over and over. */
    private static final float[] THRESHOLDS = {0.75f, 0.5f, 1};

    private static final Network NETWORK = TinyNetworks.network("""
            name = tiny, input { channels = 2, height = 9, width = 8 }
            layers = [
              { type = conv, name = a, channels = 4, kernel = 3, padding = 1 }
              { type = average-pool, name = p, kernel = 2 }
              { type = dropout, name = c, probability = 0.5 }
              { type = conv, name = b, channels = 5, kernel = 3, stride = 2, padding = 2 }
              { type = dropout, name = d, probability = 0.5 }
              { type = average-pool, name = q, kernel = 2, stride = 1 }
              { type = flatten, name = f }
              { type = linear, name = g, outputs = 12 }
              { type = linear, name = e, outputs = 4 }
            ]
            """);

    /** More than one word of spikes a neuron, and more neurons than the recursion takes at a time. */
    private static final Network WIDE = TinyNetworks.network("""
            name = wide, input { channels = 1, height = 26, width = 27 }
            layers = [
              { type = conv, name = a, channels = 3, kernel = 3, padding = 1 }
              { type = dropout, name = c, probability = 0.5 }
              { type = average-pool, name = p, kernel = 2 }
              { type = conv, name = b, channels = 2, kernel = 3 }
              { type = flatten, name = f }
              { type = linear, name = e, outputs = 4 }
            ]
            """);

    private static final Network SMALL = TinyNetworks.network("""
            name = small, input { channels = 1, height = 1, width = 6 }
            layers = [
              { type = flatten, name = f }
              { type = linear, name = hidden, outputs = 5 }
              { type = linear, name = out, outputs = 3 }
            ]
            """);

    private int timesteps = 9;

    /** By multiplying or spike by spike. */
    enum Way {
        DENSE(0),
        EVENTS(Double.POSITIVE_INFINITY);

        private final double eventsBelow;

        Way(double eventsBelow) {
            this.eventsBelow = eventsBelow;
        }
    }

    record Case(NeuronModel neuron, Surrogate surrogate, Way way, int seed) {}

    static List<Case> cases() {
        List<Surrogate> surrogates = List.of(
                new Surrogate.SpikeTiming(0.3, 0.1, Surrogate.Silence.NOTHING),
                new Surrogate.SpikeTiming(0.5, 0.02, Surrogate.Silence.START),
                new Surrogate.Linear(0.3));
        List<Case> cases = new ArrayList<>();
        for (Surrogate surrogate : surrogates) {
            for (Reset reset : Reset.values()) {
                for (Propagation propagation : Propagation.values()) {
                    for (float leak : new float[] {1, 0.5f}) {
                        Way way = Way.values()[cases.size() / 3 % 2];
                        cases.add(new Case(new NeuronModel(leak, reset, propagation), surrogate, way, cases.size()));
                    }
                }
            }
        }
        return cases;
    }

    static SpikingModel model(Network network, NeuronModel neuron, Random random, float weight, int timesteps) {
        List<float[]> weights = new ArrayList<>();
        List<Population> populations = new ArrayList<>();
        for (Projection p : network.projections()) {
            float[] values = TinyNetworks.values(random, p.weights(), weight);
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.round(values[i] * 64) / 64f;
            }
            weights.add(values);
            populations.add(Population.ofThreshold(
                    THRESHOLDS[populations.size() % THRESHOLDS.length],
                    p.target().channels()));
        }
        populations.set(populations.size() - 1, Population.READOUT);
        return new SpikingModel(
                network,
                Weights.of(network, weights),
                neuron,
                Lists.immutable.ofAll(populations),
                Encoder.POISSON,
                Preprocessing.NONE,
                timesteps,
                Provenance.of("none", 1));
    }

    private List<SampleRecord> forward(SpikingModel model, ImmutableList<DropoutMask> dropout, Random random) {
        SpikingPass pass = new SpikingPass(NetworkSynapses.of(model, Kernels.fastest()), dropout, timesteps, true);
        List<SampleRecord> records = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            SampleRecord record = new SampleRecord(model.network(), timesteps, true);
            record.draw(dropout, 77, i);
            pass.run(TinyNetworks.values(random, model.network().input().size(), 1), 5, i, record);
            records.add(record);
        }
        return records;
    }

    private Gradients backward(
            SpikingModel model,
            ImmutableList<DropoutMask> dropout,
            Surrogate surrogate,
            List<SampleRecord> records,
            float[] readout,
            Precision precision,
            Way way,
            boolean learns) {
        WeightTensors weights = WeightTensors.of(model.network(), model.weights());
        Gradients gradients = new Gradients(weights.all(), model.network().projections(), dropout, timesteps);
        new BackwardPass(model.network(), dropout, timesteps, records.size(), precision, way.eventsBelow)
                .run(
                        new TimeRecursion(surrogate, model.neuron(), timesteps, learns, learns),
                        model.populations(),
                        weights.all().collect(precision::cast),
                        records,
                        readout,
                        gradients);
        return gradients;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreThoseOfAutograd(Case c) {
        assertThoseOfAutograd(NETWORK, c);
    }

    @ParameterizedTest
    @EnumSource(Reset.class)
    void gradientsOfWideLayersOverManyTimeStepsAreThoseOfAutograd(Reset reset) {
        timesteps = 70;
        NeuronModel neuron = new NeuronModel(0.5f, reset, Propagation.NEXT_STEP);
        assertThoseOfAutograd(WIDE, new Case(neuron, new Surrogate.Linear(0.3), Way.EVENTS, 1));
        assertThoseOfAutograd(WIDE, new Case(neuron, Surrogate.DEFAULT, Way.DENSE, 2));
    }

    private void assertThoseOfAutograd(Network network, Case c) {
        TensorLibrary.useThreads(1);
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(c.seed);
            SpikingModel model = model(network, c.neuron, random, 0.6f, timesteps);
            ImmutableList<DropoutMask> dropout = DropoutMask.of(network);
            List<SampleRecord> records = forward(model, dropout, random);
            float[] readout = TinyNetworks.values(random, SAMPLES * 4, 1);

            Gradients gradients =
                    backward(model, dropout, c.surrogate, records, readout, Precision.FLOAT32, c.way, true);

            AutogradPass plain = new AutogradPass(model, c.surrogate, dropout, timesteps, true);
            plain.run(records, new SpikesCompared(records, c.neuron.propagation(), timesteps))
                    .mul(Tensor.create(readout, SAMPLES, 4))
                    .sum()
                    .backward();
            int layers = network.projections().size();
            for (int l = 0; l < layers; l++) {
                assertClose(
                        "weights of layer " + l, gradient(plain.weights.get(l)), values(gradients.weights(l)), 2e-5);
            }
            for (int l = 0; l < layers - 1; l++) {
                double expected = gradient(plain.thresholds.get(l))[0];
                assertEquals(expected, gradients.thresholds[l], 1e-4 * (1 + Math.abs(expected)));
            }
            double expected = gradient(plain.leak)[0];
            assertEquals(expected, gradients.leak, 1e-4 * (1 + Math.abs(expected)));
        }
    }

    @Test
    void bfloat16IsNearFloat32() {
        TensorLibrary.useThreads(1);
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(3);
            SpikingModel model = model(NETWORK, NeuronModel.INTEGRATE_AND_FIRE, random, 0.6f, timesteps);
            ImmutableList<DropoutMask> dropout = DropoutMask.of(NETWORK);
            List<SampleRecord> records = forward(model, dropout, random);
            float[] readout = TinyNetworks.values(random, SAMPLES * 4, 1);

            Gradients exact =
                    backward(model, dropout, Surrogate.DEFAULT, records, readout, Precision.FLOAT32, Way.DENSE, false);
            Gradients rounded =
                    backward(model, dropout, Surrogate.DEFAULT, records, readout, Precision.BFLOAT16, Way.DENSE, false);

            for (int l = 0; l < 4; l++) {
                assertClose("weights of layer " + l, values(exact.weights(l)), values(rounded.weights(l)), 0.02);
            }
        }
    }

    /**
     * With a triangular surrogate of area 1 a spike is, on average over thresholds spread like the triangle, F(u), the
     * surrogate's integral. With one hidden layer, and what each potential had been reset by kept as it was, the average
     * of a linear loss is Σ c·W₂·F(u[t]): a smooth function of W₁, whose finite differences must be our gradient.
     */
    @ParameterizedTest
    @MethodSource("leaks")
    void gradientIsThatOfTheSmoothedLoss(float leak) {
        TensorLibrary.useThreads(1);
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(8);
            SpikingModel model =
                    model(SMALL, new NeuronModel(leak, Reset.SOFT, Propagation.SAME_STEP), random, 0.9f, timesteps);
            ImmutableList<DropoutMask> dropout = DropoutMask.of(SMALL);
            SampleRecord record = forward(model, dropout, random).get(0);
            float[] c = TinyNetworks.values(random, 3, 1);
            Surrogate area1 = new Surrogate.Linear(1 / THRESHOLDS[0]);

            float[] gradient =
                    values(backward(model, dropout, area1, List.of(record), c, Precision.FLOAT32, Way.DENSE, false)
                            .weights(0));

            double h = 1e-5;
            for (int i = 0; i < gradient.length; i++) {
                double slope = (smoothed(model, record, c, i, h) - smoothed(model, record, c, i, -h)) / (2 * h);
                assertEquals(slope, gradient[i], 1e-4, "weight " + i);
            }
        }
    }

    /** Autograd knows no start potentials, but for one time step the gradient is short: Σ g·σ'(u)·u_start. */
    @Test
    void leakGradientCountsThePotentialsThatTheSampleBeginsWith() {
        timesteps = 1;
        TensorLibrary.useThreads(1);
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(4);
            float[] start = {0.25f, -0.5f, 0.75f, 0, 1};
            NeuronModel leaky = new NeuronModel(0.5f, Reset.SOFT, Propagation.SAME_STEP);
            SpikingModel plain = model(SMALL, leaky, random, 0.6f, timesteps);
            float[] thresholds =
                    Objects.requireNonNull(plain.populations().get(0).thresholds());
            SpikingModel model = plain.withPopulations(
                    Lists.immutable.of(new Population(thresholds, null, start), Population.READOUT));
            ImmutableList<DropoutMask> dropout = DropoutMask.of(SMALL);
            SampleRecord record = forward(model, dropout, random).get(0);
            float[] c = TinyNetworks.values(random, 3, 1);
            Surrogate linear = new Surrogate.Linear(0.3);

            double leak = backward(model, dropout, linear, List.of(record), c, Precision.FLOAT32, Way.DENSE, true).leak;

            double expected = 0;
            for (int n = 0; n < start.length; n++) {
                double g = 0;
                for (int o = 0; o < c.length; o++) {
                    g += c[o] * model.weights().tensor(1)[o * start.length + n];
                }
                double slope = 0.3 * Math.max(0, 1 - Math.abs(record.potentials(0)[n] / thresholds[n] - 1));
                expected += g * slope * start[n];
            }
            assertNotEquals(0, expected, 1e-3);
            assertEquals(expected, leak, 1e-6);
        }
    }

    static List<Float> leaks() {
        return List.of(1f, 0.5f);
    }

    private double smoothed(SpikingModel model, SampleRecord record, float[] c, int weight, double step) {
        double v = THRESHOLDS[0];
        double loss = 0;
        for (int n = 0; n < 5; n++) {
            double wanted = 0;
            for (int o = 0; o < 3; o++) {
                wanted += c[o] * model.weights().tensor(1)[o * 5 + n];
            }
            double[] current = new double[timesteps];
            int neuron = n;
            record.forEachInput((tick, input, payload) -> {
                int w = neuron * 6 + input;
                current[tick] += payload * (model.weights().tensor(0)[w] + (w == weight ? step : 0));
            });
            double u = 0;
            for (int t = 0; t < timesteps; t++) {
                double reset = t > 0 && record.spikes(0).fired(n, t - 1) ? v : 0;
                u = model.neuron().leak() * u - reset + current[t];
                double r = Math.max(0, Math.min(2, u / v));
                loss += wanted * (r <= 1 ? r * r / 2 : 1 - (2 - r) * (2 - r) / 2);
            }
        }
        return loss;
    }

    /** Each spike of the plain pass was recorded, and no other. */
    private record SpikesCompared(List<SampleRecord> records, Propagation propagation, int timesteps)
            implements AutogradPass.Watcher {

        @Override
        public void fired(int layer, int tick, Tensor spikes) {
            int handedOn = tick + (propagation == Propagation.NEXT_STEP ? 1 : 0);
            float[] fired = values(spikes.permute(0, 2, 3, 1));
            int neurons = fired.length / SAMPLES;
            for (int i = 0; i < fired.length && handedOn < timesteps; i++) {
                SpikeRecord record = records.get(i / neurons).spikes(layer);
                assertEquals(fired[i] == 1, record.fired(i % neurons, handedOn));
            }
        }
    }

    private static float[] gradient(Tensor parameter) {
        Tensor gradient = parameter.grad();
        return gradient.defined() ? values(gradient) : new float[(int) parameter.numel()];
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static void assertClose(String what, float[] expected, float[] actual, double tolerance) {
        double largest = 0;
        double farthest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            farthest = Math.max(farthest, Math.abs(expected[i] - actual[i]));
        }
        assertTrue(largest > 0, what + " have no gradient at all");
        assertTrue(farthest <= tolerance * largest, what + " are off by " + farthest + " of " + largest);
    }
}
