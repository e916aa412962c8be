package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Encoder;
import dev.lamina.data.Split;
import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.report.Quantity;
import dev.lamina.report.TextTable;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.ThresholdBalancing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts an ordinary network into a spiking one. */
@Command(
        name = "convert",
        description = "Converts an ordinary network into a spiking one: the same weights, with each layer's threshold"
                + " balanced to the largest weighted input it gets on training samples.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./lamina convert runs/lenet5/ann.safetensors --k 0.7 --timesteps 100 \\",
            "      --out runs/lenet5/snn.safetensors"
        })
final class ConvertCommand implements Callable<Integer> {

    /** How thresholds follow from the largest weighted inputs. */
    enum Method {
        /** The largest weighted input itself: for many time steps. */
        BASELINE,
        /** k times it: for fewer. */
        SCALED
    }

    static final double DEFAULT_SCALE = 0.7;

    @Parameters(paramLabel = "ANN.safetensors", description = "the network; of a spiking model, its weights are taken")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            converter = Choice.Methods.class,
            completionCandidates = Choice.Methods.class,
            description = "${COMPLETION-CANDIDATES} (default: scaled)")
    Method method = Method.SCALED;

    @Option(
            names = "--k",
            paramLabel = "K",
            description = "factor on the thresholds, for the scaled method (default: 0.7)")
    Optional<Double> scale = Optional.empty();

    @Option(
            names = "--search-k",
            description = "find the factor that serves --timesteps best, on samples held back from training")
    boolean searchScale;

    @Option(
            names = "--percentile",
            paramLabel = "P",
            description = "which percentile of the weighted inputs stands for the largest (default: ${DEFAULT-VALUE})")
    double percentile = 100;

    @Option(
            names = "--timesteps",
            paramLabel = "T",
            description = "time steps the model is made for (default: ${DEFAULT-VALUE})")
    int timesteps = 100;

    @Option(
            names = "--balance-timesteps",
            paramLabel = "T",
            description = "time steps of input to watch for each sample (default: ${DEFAULT-VALUE})")
    int balanceTimesteps = 500;

    @Option(
            names = "--balance-samples",
            paramLabel = "N",
            description = "training samples to watch (default: ${DEFAULT-VALUE})")
    int balanceSamples = 512;

    @Option(names = "--dataset", paramLabel = "NAME", description = "the data set (default: the one it was trained on)")
    Optional<String> dataset = Optional.empty();

    @Option(
            names = "--encoder",
            paramLabel = "ENCODER",
            converter = Choice.Encoders.class,
            completionCandidates = Choice.Encoders.class,
            description = "${COMPLETION-CANDIDATES} (default: poisson)")
    Encoder encoder = Encoder.POISSON;

    @Option(
            names = "--leak",
            paramLabel = "λ",
            description = "leak of the neurons, 1 for none (default: ${DEFAULT-VALUE})")
    float leak = 1;

    @Option(
            names = "--reset",
            paramLabel = "RESET",
            converter = Choice.Resets.class,
            completionCandidates = Choice.Resets.class,
            description = "${COMPLETION-CANDIDATES} (default: soft)")
    Reset reset = Reset.SOFT;

    @Option(
            names = "--propagation",
            paramLabel = "WHEN",
            converter = Choice.Propagations.class,
            completionCandidates = Choice.Propagations.class,
            description = "${COMPLETION-CANDIDATES} (default: same-step)")
    Propagation propagation = Propagation.SAME_STEP;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "seed of the samples and the encoder (default: ${DEFAULT-VALUE})")
    long seed = 1;

    @Option(names = "--float16", description = "round the weights to 16 bits: half the file")
    boolean float16;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the model file to write (default: snn.safetensors beside it)")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        BalancingRecipe recipe = new BalancingRecipe(
                scale(), percentile, balanceTimesteps, balanceSamples, encoder, neuron(), timesteps, seed);
        Path target = OutputFile.checked(out.orElse(file.resolveSibling("snn.safetensors")), file);
        Model model = ModelFile.read(file);
        Dataset train = Datasets.open(dataset.orElse(model.provenance().dataset()), Split.TRAIN, data.folder);
        sayIfCutOff(model);
        SpikingModel spiking = run(model, file.toString(), recipe, train, Interruption::requested);
        String searched = "";
        if (searchScale) {
            SearchedScale found = SearchedScale.of(spiking, train, seed, file.toString());
            spiking = found.model();
            searched = found.table() + "\n";
        }
        ModelFile.write(target, float16 ? CompactWeights.of(spiking, target) : spiking);
        Say.result("%s%s%n%s is ready for ./lamina simulate", searched, thresholds(spiking), target);
        return 0;
    }

    /** An ordinary network sees values beyond 1 as they are; the spiking one will not. */
    private void sayIfCutOff(Model model) {
        float largest = model.preprocessing().largest();
        if (encoder != Encoder.DIRECT && largest > 1) {
            Say.line(
                    "the preprocessing makes values of up to %s, and the %s encoder sends no more than one event a time step: what is"
                            + " beyond 1 is cut off; train with a larger deviation to keep it",
                    Quantity.number(largest, 2), Choice.name(encoder));
        }
    }

    /** Converts, unless {@code stop}, which is asked after each sample, wants it to end. */
    static SpikingModel run(Model model, String file, BalancingRecipe recipe, Dataset train, BooleanSupplier stop) {
        Simulation.check(model, file, train);
        int layers = model.network().projections().size() - 1;
        long samples = Math.min(recipe.samples(), train.size());
        try (Progress progress = new Progress("converting", samples * layers)) {
            return ThresholdBalancing.convert(model, recipe, train, (layer, all) -> {
                progress.step();
                if (stop.getAsBoolean()) {
                    throw InputException.stopped(
                            "stopped before all thresholds were balanced",
                            file,
                            "no model was written; convert it again");
                }
            });
        }
    }

    static String thresholds(SpikingModel model) {
        TextTable table = new TextTable("layer", "neurons", "threshold");
        model.network().projections().forEachWithIndex((projection, i) -> {
            float[] thresholds = model.populations().get(i).thresholds();
            table.row(
                    projection.name(),
                    Quantity.count(projection.target().size()),
                    thresholds == null ? "readout" : Quantity.number(thresholds[0], 4));
        });
        return table.render();
    }

    private double scale() {
        if (searchScale) {
            if (scale.isPresent() || method == Method.BASELINE) {
                throw InputException.configuration(
                        "--search-k finds k, which --k or --method baseline would set",
                        "command line",
                        "leave one of them out");
            }
            return 1;
        }
        if (method == Method.BASELINE) {
            if (scale.isPresent()) {
                throw InputException.configuration(
                        "--k has no meaning with --method baseline", "command line", "leave it out, or use scaled");
            }
            return 1;
        }
        return scale.orElse(DEFAULT_SCALE);
    }

    private NeuronModel neuron() {
        if (!(leak >= 0 && leak <= 1)) {
            throw InputException.configuration("--leak is " + leak, "command line", "give it a number from 0 to 1");
        }
        return new NeuronModel(leak, reset, propagation);
    }
}
