package dev.lamina.bench;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.InputSimulator;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerSimulator;
import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.Synapses;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;

/**
 * A spiking model that nobody trained, for its speed alone: weights drawn from a normal distribution of variance 2 / fan-in,
 * and the threshold of each layer such that its neurons fire at a given mean rate on real samples.
 */
public final class DrawnModel {

    /** Spikes per neuron and time step, amid what converted networks show. */
    static final double RATE = 0.04;

    private static final int SAMPLES = 3;
    private static final int TIMESTEPS = 50;
    private static final int HALVINGS = 12;
    /** Between the lowest and the highest threshold that is thought of. */
    private static final double RANGE = 1e6;

    private DrawnModel() {}

    /**
     * Draws a model.
     *
     * @param network the layers
     * @param preprocessing how samples become their input
     * @param dataset the samples that thresholds are found on, at least one
     * @param timesteps the T that the model is for
     * @param seed the seed of weights and events
     */
    public static SpikingModel of(
            Network network, Preprocessing preprocessing, Dataset dataset, int timesteps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> weights = new ArrayList<>();
        for (Projection projection : network.projections()) {
            double deviation = Math.sqrt(2.0 * projection.target().channels() / projection.weights());
            float[] tensor = new float[projection.weights()];
            for (int i = 0; i < tensor.length; i++) {
                tensor[i] = (float) (deviation * random.nextGaussian());
            }
            weights.add(tensor);
        }
        List<SpikeBatch> batches = input(network, preprocessing, dataset, seed);
        MutableList<Population> populations = Lists.mutable.empty();
        for (int layer = 0; layer < network.projections().size() - 1; layer++) {
            Projection projection = network.projections().get(layer);
            Synapses synapses = Synapses.of(projection, weights.get(layer), Kernels.fastest());
            Population population = balanced(synapses, batches);
            populations.add(population);
            batches = run(synapses, population, batches);
        }
        return new SpikingModel(
                network,
                Weights.of(network, weights),
                NeuronModel.INTEGRATE_AND_FIRE,
                populations.toImmutable().newWith(Population.READOUT),
                Encoder.POISSON,
                preprocessing,
                timesteps,
                Provenance.of(dataset.name(), seed, "weights drawn"));
    }

    private static List<SpikeBatch> input(Network network, Preprocessing preprocessing, Dataset dataset, long seed) {
        InputSimulator input =
                new InputSimulator(Encoder.POISSON, network.input().size());
        List<SpikeBatch> batches = new ArrayList<>();
        for (int sample = 0; sample < Math.min(SAMPLES, dataset.size()); sample++) {
            SpikeBatch batch = new SpikeBatch();
            input.begin(preprocessing.apply(dataset, sample), seed, sample);
            input.run(0, TIMESTEPS, batch);
            batches.add(batch);
        }
        return batches;
    }

    /** The population whose rate is nearest to what is wanted; the higher the threshold, the lower the rate. */
    private static Population balanced(Synapses synapses, List<SpikeBatch> batches) {
        int channels = synapses.projection().target().channels();
        double low = 1 / Math.sqrt(RANGE);
        double high = Math.sqrt(RANGE);
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = Math.sqrt(low * high);
            Population population = Population.ofThreshold((float) middle, channels);
            long spikes = run(synapses, population, batches).stream()
                    .mapToLong(SpikeBatch::count)
                    .sum();
            double rate = spikes
                    / (double) batches.size()
                    / TIMESTEPS
                    / synapses.projection().target().size();
            if (rate > RATE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Population.ofThreshold((float) Math.sqrt(low * high), channels);
    }

    private static List<SpikeBatch> run(Synapses synapses, Population population, List<SpikeBatch> batches) {
        LayerSimulator layer = new LayerSimulator(synapses, population, NeuronModel.INTEGRATE_AND_FIRE);
        List<SpikeBatch> spikes = new ArrayList<>();
        for (SpikeBatch batch : batches) {
            SpikeBatch out = new SpikeBatch();
            layer.run(batch, 0, out);
            spikes.add(out);
        }
        return spikes;
    }
}
