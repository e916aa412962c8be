package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.model.Conversion;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.network.NeuronModel;
import dev.lamina.report.Quantity;
import dev.lamina.train.AnnTrainer;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.FineTuningResult;
import dev.lamina.train.Surrogate;
import dev.lamina.train.TrainingEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a spiking network by surrogate gradients. */
@Command(
        name = "finetune",
        description = "Trains a spiking network (SNN) by backpropagation through time with surrogate gradients (STDB),"
                + " so that it is accurate in fewer time steps.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./lamina finetune runs/lenet5/snn.safetensors --timesteps 10 \\",
            "      --recipe models/lenet5.conf --out runs/lenet5/hybrid.safetensors"
        })
final class FineTuneCommand implements Callable<Integer> {

    private static final double FRESH_SCALE = 0.7;
    private static final int FRESH_BALANCE_TIMESTEPS = 100;
    private static final int FRESH_BALANCE_SAMPLES = 512;
    private static final int VALIDATION = 5000;
    private static final int VALIDATION_PART = 10;

    @Parameters(paramLabel = "SNN.safetensors", description = "the spiking model to start from")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Mixin
    RecipeOptions changes;

    @Option(
            names = "--recipe",
            paramLabel = "MODEL.conf",
            description = "take the section fine-tuning of a file of models/ (default: a built-in recipe for the"
                    + " model's data set)")
    Optional<Path> recipe = Optional.empty();

    @Option(
            names = "--timesteps",
            paramLabel = "T",
            description = "time steps a sample, in the training and of the model it makes")
    Optional<Integer> timesteps = Optional.empty();

    @Option(
            names = "--surrogate",
            paramLabel = "NAME",
            converter = Choice.Surrogates.class,
            completionCandidates = Choice.Surrogates.class,
            description = "what stands in for the derivative of a spike: ${COMPLETION-CANDIDATES}")
    Optional<Surrogate.Kind> surrogate = Optional.empty();

    @Option(names = "--alpha", paramLabel = "α", description = "of spike-timing, α·e^(−β·Δt)")
    Optional<Double> alpha = Optional.empty();

    @Option(names = "--beta", paramLabel = "β", description = "of spike-timing, α·e^(−β·Δt)")
    Optional<Double> beta = Optional.empty();

    @Option(names = "--gamma", paramLabel = "γ", description = "of linear, γ·max(0, 1 − |u/v − 1|)")
    Optional<Double> gamma = Optional.empty();

    @Option(
            names = "--logits",
            paramLabel = "WHAT",
            converter = Choice.AllLogits.class,
            completionCandidates = Choice.AllLogits.class,
            description = "what of the readout the loss is taken of: ${COMPLETION-CANDIDATES} over the time steps")
    Optional<FineTuningRecipe.Logits> logits = Optional.empty();

    @Option(names = "--learn-thresholds", description = "learn each layer's threshold too")
    boolean learnThresholds;

    @Option(names = "--learn-leak", description = "learn the leak too")
    boolean learnLeak;

    @Option(
            names = "--neuron-learning-rate",
            paramLabel = "RATE",
            description = "learning rate of thresholds, as parts of themselves, and leak (default: the weights')")
    Optional<Double> neuronLearningRate = Optional.empty();

    @Option(
            names = "--leak",
            paramLabel = "λ",
            description = "leak of the neurons, 1 for none (default: the model's own)")
    Optional<Float> leak = Optional.empty();

    @Option(
            names = "--from-scratch",
            description = "draw the weights anew and balance the thresholds on them, instead of starting from the"
                    + " model's own")
    boolean fromScratch;

    @Mixin
    LongRun longRun;

    @Mixin
    PushOption push;

    @Option(names = "--float16", description = "round the weights to 16 bits in the end: half the file")
    boolean float16;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the model file to write (default: hybrid.safetensors beside it)")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        Path target = OutputFile.checked(out.orElse(file.resolveSibling("hybrid.safetensors")), file);
        TrainingFiles files = new TrainingFiles(target);
        var checkpointing = longRun.checkpointing(files);
        SpikingModel model = withLeak(ModelFile.readSpiking(file));
        Settings section = recipe.map(ModelConfig::fineTuning).orElseGet(() -> builtIn(model));
        Dataset train = Datasets.open(Datasets.name(section), Split.TRAIN, data.folder);
        Simulation.check(model, file.toString(), train);
        FineTuningRecipe training = FineTuningRecipe.parse(withOptions(withValidation(section, model, train)));
        SpikingModel start = fromScratch ? scratch(model, training, train) : model;
        FineTuning tuned = FineTuning.run(
                start, training, train, files, checkpointing, push.models(target, Optional.of(file), tuning ->
                        (SpikingModel) tuning));
        FineTuningResult result = tuned.result();
        files.write(
                float16 ? CompactWeights.of(result.model(), target) : result.model(), result.epochs(), result.end());
        if (result.end() instanceof TrainingEnd.Stopped) {
            return 1;
        }
        Say.result(
                "%s: %s, T = %d, validation %s%.2f %% of %,d samples%s%ntest it: ./lamina simulate %s --model %s"
                        + " --timesteps %d",
                target,
                Quantity.of(result.epochs(), "epoch"),
                training.timesteps(),
                tuned.before().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%.2f %% before, ",
                                100 * tuned.before().getAsDouble())
                        : "",
                100 * result.validationAccuracy(),
                training.training().validation().size(),
                float16 ? ", before the weights were rounded" : "",
                simulation(train.name()),
                ShellWords.quoted(target.toString()),
                training.timesteps());
        return 0;
    }

    private SpikingModel withLeak(SpikingModel model) {
        return leak.map(value -> {
                    if (!(value >= 0 && value <= 1)) {
                        throw InputException.configuration(
                                "--leak is " + value, RecipeOptions.ORIGIN, "give it a number from 0 to 1");
                    }
                    NeuronModel old = model.neuron();
                    return model.withNeuron(new NeuronModel(value, old.reset(), old.propagation()));
                })
                .orElse(model);
    }

    private static Settings builtIn(SpikingModel model) {
        return Settings.parse("", "built-in recipe")
                .with(
                        "built-in recipe",
                        Map.of(
                                "dataset", model.provenance().dataset(),
                                "timesteps", model.timesteps(),
                                "epochs", 1,
                                "batch", 64,
                                "optimiser", Map.of("type", "adam", "learning-rate", 1e-4),
                                "schedule", Map.of("type", "cosine"),
                                "label",
                                        model.network().name() + " on "
                                                + model.provenance().dataset()));
    }

    /**
     * A recipe that does not say which samples to hold back gets those that the model was not trained on, or as many as the training
     * set can spare.
     */
    private static Settings withValidation(Settings section, SpikingModel model, Dataset train) {
        if (section.has("validation")) {
            return section;
        }
        int spare = Math.max(1, Math.min(VALIDATION, train.size() / VALIDATION_PART));
        ValidationSplit split =
                model.provenance().unseen(train).orElse(new ValidationSplit(spare, ValidationSplit.Draw.SEEDED, 1));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("size", split.size());
        values.put("draw", Choice.name(split.draw()));
        if (split.draw() == ValidationSplit.Draw.SEEDED) {
            values.put("seed", split.seed());
        }
        return section.with("built-in recipe", Map.of("validation", values));
    }

    private Settings withOptions(Settings section) {
        Map<String, Object> values = changes.values();
        timesteps.ifPresent(value -> values.put("timesteps", value));
        logits.ifPresent(value -> values.put("logits", Choice.name(value)));
        if (learnThresholds) {
            values.put("learn-thresholds", true);
        }
        if (learnLeak) {
            values.put("learn-leak", true);
        }
        neuronLearningRate.ifPresent(value -> values.put("neuron-learning-rate", value));
        Map<String, Object> shape = new LinkedHashMap<>();
        surrogate.ifPresent(value -> shape.put("type", Choice.name(value)));
        alpha.ifPresent(value -> shape.put("alpha", value));
        beta.ifPresent(value -> shape.put("beta", value));
        gamma.ifPresent(value -> shape.put("gamma", value));
        if (!shape.isEmpty()) {
            values.put("surrogate", shape);
        }
        // The keys of one surrogate mean nothing to another.
        boolean another = surrogate.isPresent()
                && !section.optionalSection("surrogate")
                        .map(old -> old.text("type", "").equals(Choice.name(surrogate.get())))
                        .orElse(false);
        if (!shape.isEmpty() && !section.has("surrogate")) {
            shape.putIfAbsent(
                    "type", Choice.name(gamma.isPresent() ? Surrogate.Kind.LINEAR : Surrogate.Kind.SPIKE_TIMING));
        }
        return (another ? section.without("surrogate") : section).with(RecipeOptions.ORIGIN, values);
    }

    /** The same network with weights drawn anew, as a training of the ordinary network would begin. */
    private SpikingModel scratch(SpikingModel model, FineTuningRecipe training, Dataset train) {
        long drawn = training.training().seed();
        SpikingModel converted = ConvertCommand.run(
                AnnTrainer.untrained(model.network(), model.preprocessing(), train.name(), drawn),
                file.toString(),
                new BalancingRecipe(
                        model.provenance().conversion().map(Conversion::scale).orElse(FRESH_SCALE),
                        100,
                        FRESH_BALANCE_TIMESTEPS,
                        FRESH_BALANCE_SAMPLES,
                        model.encoder(),
                        model.neuron(),
                        training.timesteps(),
                        drawn),
                train,
                Interruption::requested);
        return converted.withProvenance(converted
                .provenance()
                .withValidation(Optional.of(training.training().validation())));
    }

    /** A simulation of the data set among those that come with the program. */
    private static String simulation(String dataset) {
        Path folder = DemoCommand.home().resolve("sim-configs");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted(Comparator.comparing(TrainingFiles::stem))
                    .filter(file -> SimulationConfig.read(file).dataset().equals(dataset))
                    .findFirst()
                    .map(file -> "sim-configs/" + file.getFileName())
                    .orElse("SIM.conf");
        } catch (IOException | InputException e) {
            return "SIM.conf";
        }
    }
}
