package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.Conversion;
import dev.lamina.model.Model;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.sim.InputSimulator;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerSimulator;
import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.Synapses;
import dev.lamina.sim.WeightedInputSimulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;

/*
 * The paper's Algorithm 1. Layer by layer, the samples are encoded and run through the layers whose thresholds are
 * known; the layer in turn watches the weighted input that a time step brings its neurons, and its threshold becomes
 * the largest one seen, over samples, time steps and neurons. The layers behind see spikes made with unscaled
 * thresholds; k multiplies all of them at the end, as in Rathi et al.'s published code [1], where k = 0.7. (The paper's
 * 0.2 to 0.4 belongs to a later one [2].)
 *
 * The runs are the simulator's own, event by event. A maximum does not depend on the order in which threads find it,
 * so neither does the result.
 *
 * [1] N. Rathi, G. Srinivasan, P. Panda, K. Roy, "Enabling deep spiking neural networks with hybrid conversion and
 *     spike timing dependent backpropagation", ICLR 2020.
 * [2] N. Rathi, K. Roy, "DIET-SNN: direct input encoding with leakage and threshold optimization in deep spiking
 *     neural networks", 2020.
 */
/** Converts an ordinary network into a spiking one: the same weights, with thresholds balanced to their inputs. */
public final class ThresholdBalancing {

    /** Hears how far a conversion is. Called by several threads. */
    @FunctionalInterface
    public interface Progress {
        /** One more sample has been run for {@code layer}, of {@code layers}. */
        void sampleDone(int layer, int layers);
    }

    private static final int BURST = 25;

    private final Model model;
    private final BalancingRecipe recipe;
    private final Dataset dataset;
    private final int[] samples;
    private final Progress progress;

    private ThresholdBalancing(Model model, BalancingRecipe recipe, Dataset dataset, Progress progress) {
        this.model = model;
        this.recipe = recipe;
        this.dataset = dataset;
        this.progress = progress;
        samples = new SplittableRandom(recipe.seed())
                .ints(0, dataset.size())
                .distinct()
                .limit(Math.min(recipe.samples(), dataset.size()))
                .toArray();
    }

    /**
     * Converts {@code model}; of a spiking model, the thresholds are found anew.
     *
     * @param dataset the training set, whose samples fit the network
     * @throws InputException if a layer never gets a positive weighted input, or one beyond what a model can hold
     */
    public static SpikingModel convert(Model model, BalancingRecipe recipe, Dataset dataset, Progress progress) {
        return new ThresholdBalancing(model, recipe, dataset, progress).convert();
    }

    private SpikingModel convert() {
        Network network = model.network();
        int spiking = network.projections().size() - 1;
        MutableList<Population> populations = Lists.mutable.empty();
        List<Synapses> synapses = new ArrayList<>();
        for (int layer = 0; layer < spiking; layer++) {
            Projection projection = network.projections().get(layer);
            synapses.add(Synapses.of(projection, model.weights().tensor(layer), Kernels.fastest()));
            float threshold = watch(synapses, populations);
            if (!(threshold > 0)) {
                throw InputException.file(
                        "layer '" + projection.name() + "' gets no positive weighted input to balance",
                        network.name() + ", percentile " + recipe.percentile() + ", " + recipe.timesteps()
                                + " time steps",
                        "watch more time steps or samples, "
                                + (recipe.percentile() < 100 ? "raise the percentile, " : "")
                                + "or train the network further");
            }
            if (threshold > Weights.LARGEST) {
                throw InputException.file(
                        "layer '" + projection.name() + "' gets weighted inputs of " + threshold + ", more than 1e18",
                        network.name(),
                        "its weights are too large; train the network with a lower learning rate");
            }
            populations.add(
                    Population.ofThreshold(threshold, projection.target().channels()));
        }
        return build(populations);
    }

    /** The balanced threshold of the last of {@code synapses}; those before it have their {@code populations}. */
    private float watch(List<Synapses> synapses, List<Population> populations) {
        int layer = synapses.size() - 1;
        int layers = model.network().projections().size() - 1;
        int tasks = Math.min(samples.length, Runtime.getRuntime().availableProcessors());
        return IntStream.range(0, tasks)
                .parallel()
                .mapToObj(task -> {
                    WeightedInputSimulator watcher = new WeightedInputSimulator(synapses.get(layer));
                    LayerSimulator[] before = new LayerSimulator[layer];
                    Arrays.setAll(
                            before, i -> new LayerSimulator(synapses.get(i), populations.get(i), recipe.neuron()));
                    InputSimulator input = new InputSimulator(
                            recipe.encoder(), model.network().input().size());
                    for (int i = task; i < samples.length; i += tasks) {
                        run(samples[i], input, before, watcher);
                        progress.sampleDone(layer, layers);
                    }
                    return watcher;
                })
                .reduce((a, b) -> {
                    a.add(b);
                    return a;
                })
                .orElseThrow()
                .percentile(recipe.percentile());
    }

    private void run(int sample, InputSimulator input, LayerSimulator[] before, WeightedInputSimulator watcher) {
        input.begin(model.preprocessing().apply(dataset, sample), recipe.seed(), sample);
        SpikeBatch in = new SpikeBatch();
        SpikeBatch out = new SpikeBatch();
        for (int first = 0; first < recipe.timesteps(); first += BURST) {
            input.run(first, Math.min(BURST, recipe.timesteps() - first), in);
            for (LayerSimulator layer : before) {
                layer.run(in, first, out);
                SpikeBatch free = in;
                in = out;
                out = free;
            }
            watcher.run(in);
        }
    }

    private SpikingModel build(List<Population> populations) {
        Conversion conversion = new Conversion(1, recipe.percentile(), recipe.timesteps(), samples.length);
        String line = String.format(
                Locale.ROOT,
                "thresholds balanced to percentile %s of the weighted inputs of %d samples of %s over %d time steps",
                recipe.percentile(),
                samples.length,
                dataset.name(),
                recipe.timesteps());
        SpikingModel baseline = new SpikingModel(
                model.network(),
                model.weights(),
                recipe.neuron(),
                Lists.immutable.ofAll(populations).newWith(Population.READOUT),
                recipe.encoder(),
                model.preprocessing(),
                recipe.simulationTimesteps(),
                model.provenance().then(line, recipe.seed()).withConversion(Optional.of(conversion)));
        return recipe.scale() == 1 ? baseline : ScaleSearch.scaled(baseline, recipe.scale());
    }
}
