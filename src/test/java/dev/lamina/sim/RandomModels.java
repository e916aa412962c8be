package dev.lamina.sim;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Conv;
import dev.lamina.network.Dropout;
import dev.lamina.network.Flatten;
import dev.lamina.network.Layer;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.collections.api.factory.Lists;

/** Small random spiking models that cover every setting of the contract, and random samples for them. */
public final class RandomModels {

    private RandomModels() {}

    /** A model drawn from a seed. */
    public static SpikingModel model(long seed) {
        Random random = new Random(seed);
        Network network = network(random);
        NeuronModel neuron = new NeuronModel(
                random.nextInt(3) == 0 ? 0.75f + random.nextFloat() / 4 : 1f,
                random.nextInt(4) == 0 ? Reset.HARD : Reset.SOFT,
                random.nextBoolean() ? Propagation.SAME_STEP : Propagation.NEXT_STEP);
        Encoder encoder = List.of(Encoder.values()).get(random.nextInt(3));
        return model(network, neuron, encoder, random);
    }

    /** Random weights, thresholds, and at times biases and initial potentials, for a network. */
    public static SpikingModel model(Network network, NeuronModel neuron, Encoder encoder, Random random) {
        List<float[]> weights = new ArrayList<>();
        List<Population> populations = new ArrayList<>();
        int last = network.projections().size() - 1;
        boolean biased = random.nextInt(4) == 0;
        boolean started = random.nextInt(4) == 0;
        for (int i = 0; i <= last; i++) {
            Projection projection = network.projections().get(i);
            int fanIn = projection.weights() / projection.target().channels();
            weights.add(gaussians(random, projection.weights(), 1.5 / Math.sqrt(fanIn)));
            int channels = projection.target().channels();
            populations.add(new Population(
                    i == last ? null : thresholds(random, channels),
                    biased ? gaussians(random, channels, 0.05) : null,
                    started ? gaussians(random, channels, 0.3) : null));
        }
        return new SpikingModel(
                network,
                Weights.of(network, weights),
                neuron,
                Lists.immutable.ofAll(populations),
                encoder,
                Preprocessing.NONE,
                8,
                Provenance.of("random", 0));
    }

    /** A sample for a model, with zeros, ones and, for signed encoders, negative values. */
    public static float[] sample(SpikingModel model, long seed) {
        Random random = new Random(seed);
        float[] values = new float[model.network().input().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(10) == 0 ? 1 : random.nextFloat();
            if (model.encoder() != Encoder.UNSIGNED_POISSON && random.nextInt(3) == 0) {
                values[i] = -values[i];
            }
        }
        return values;
    }

    private static Network network(Random random) {
        Shape input = new Shape(1 + random.nextInt(3), 4 + random.nextInt(7), 4 + random.nextInt(7));
        List<Layer> layers = new ArrayList<>();
        Shape shape = input;
        int blocks = 1 + random.nextInt(3);
        for (int block = 0; block < blocks; block++) {
            if (random.nextInt(3) > 0 && Math.min(shape.height(), shape.width()) >= 2) {
                int kernel = 2 + random.nextInt(Math.min(2, Math.min(shape.height(), shape.width()) - 1));
                AveragePool pool = new AveragePool("pool" + block, kernel, 1 + random.nextInt(3));
                layers.add(pool);
                shape = pool.output(shape);
            }
            int kernel = 1 + random.nextInt(Math.min(4, Math.min(shape.height(), shape.width())));
            Conv conv =
                    new Conv("conv" + block, channels(random), kernel, 1 + random.nextInt(2), random.nextInt(kernel));
            layers.add(conv);
            shape = conv.output(shape);
            if (random.nextBoolean()) {
                layers.add(new Dropout("dropout" + block, 0.3));
            }
        }
        layers.add(new Flatten("flatten"));
        if (random.nextBoolean()) {
            layers.add(new Linear("hidden", 1 + random.nextInt(40)));
        } else if (random.nextInt(3) == 0) {
            // More than eight vectors, in each of the kernels: cut into slices.
            layers.add(new Linear("hidden", 120 + random.nextInt(200)));
        }
        layers.add(new Linear("out", random.nextInt(8) == 0 ? 125 + random.nextInt(20) : 2 + random.nextInt(9)));
        return Network.of("random", input, layers);
    }

    /** Few for a scatter, some for a gather, at times more than the kernel's eight vectors. */
    private static int channels(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> 120 + random.nextInt(30);
            case 1, 2, 3 -> 33 + random.nextInt(8);
            default -> 1 + random.nextInt(20);
        };
    }

    private static float[] thresholds(Random random, int channels) {
        float[] thresholds = new float[channels];
        float common = 0.2f + random.nextFloat();
        boolean shared = random.nextBoolean();
        for (int i = 0; i < channels; i++) {
            thresholds[i] = shared ? common : 0.2f + random.nextFloat();
        }
        return thresholds;
    }

    private static float[] gaussians(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }
}
