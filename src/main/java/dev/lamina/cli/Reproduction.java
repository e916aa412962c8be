package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Conversion;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.FineTuningResult;
import dev.lamina.train.TrainingEnd;
import dev.lamina.train.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/*
 * Every step leaves a file behind: a model, a checkpoint, or a measurement of some more test samples. A step whose file
 * is there, made from what it would be made from now, is not done again, so a reproduction that was interrupted, or whose budget was
 * used up, goes on where it was.
 * The dearest step, the conversion at 2,500 time steps, comes last.
 */
/** The steps of one row of the paper's figure 9, from the untrained network to the last measurement. */
final class Reproduction {

    private static final int BALANCE_TIMESTEPS = 500;
    private static final int BALANCE_SAMPLES = 512;

    private final ModelConfig config;
    private final Settings fineTuning;
    private final PaperRow paper;
    private final Dataset train;
    private final Path folder;
    private final String trainDigest;
    private final Origins origins;
    private final TestSetEvaluation tests;
    private final ReproducedRow row;

    Reproduction(ModelConfig config, Settings fineTuning, PaperRow paper, Dataset train, Dataset test, Path folder) {
        this.config = config;
        this.fineTuning = fineTuning;
        this.paper = paper;
        this.train = train;
        this.folder = folder;
        trainDigest = train.sha256();
        origins = new Origins(folder);
        tests = new TestSetEvaluation(
                test, config.recipe().seed(), new Measurements(folder.resolve("measurements.json")));
        row = new ReproducedRow(config.recipe().label(), paper, config.recipe().seed(), hybrids());
    }

    private String hybrids() {
        return config.fineTuning()
                .map(FineTuningRecipe::training)
                .map(tuning -> String.format(
                        Locale.ROOT,
                        "the hybrids trained for %d epochs of %,d samples",
                        tuning.epochs(),
                        Math.min(
                                tuning.epochSamples(),
                                train.size() - tuning.validation().size())))
                .orElse("");
    }

    /** Does what is left to do; the row holds what there is, whether or not that is all, and why it is not if a training failed. */
    ReproducedRow run() {
        try {
            steps();
        } catch (InputException e) {
            // A step that is stopped complains that it made nothing; here that is no news.
            if (e.kind() != InputException.Kind.STOPPED) {
                throw e;
            }
        }
        return row;
    }

    private void steps() {
        Path annFile = folder.resolve("ann.safetensors");
        if (!trained(annFile)) {
            return;
        }
        AnnModel ann = ModelFile.readAnn(annFile);
        row.ann(tests.ann(annFile, ann), ann.provenance().history());
        Path baselineFile = folder.resolve("baseline.safetensors");
        BalancingRecipe balancing = balancing();
        if (!has(baselineFile, Origins.digest(annFile), balancing.toString())) {
            Say.line("balancing thresholds");
            ModelFile.write(baselineFile, convert(ann, balancing));
        }
        SpikingModel baseline = ModelFile.readSpiking(baselineFile);
        // The fewest time steps first: they are the quickest, and what the paper is about.
        List<PaperRow.Reduced> quickestFirst = paper.reduced().stream()
                .sorted(Comparator.comparingInt(PaperRow.Reduced::timesteps))
                .toList();
        for (PaperRow.Reduced reduced : quickestFirst) {
            if (!reduced(baseline, baselineFile, reduced.timesteps())) {
                return;
            }
        }
        row.conversion(tests.spiking("baseline", baselineFile, paper.enough()));
    }

    /** Whether a step's file is there; it is made from {@code origin} and the training set. */
    private boolean has(Path file, String... origin) {
        return has(file, file, origin);
    }

    private boolean has(Path file, Path half, String... origin) {
        List<String> all = new ArrayList<>(List.of(origin));
        all.add(trainDigest);
        return origins.has(String.valueOf(file.getFileName()), String.valueOf(half.getFileName()), all);
    }

    /** Trains the ordinary network, as far as it gets. */
    private boolean trained(Path annFile) {
        TrainingFiles files = files(annFile);
        if (brought(annFile)
                || has(
                        annFile,
                        files.checkpoint(),
                        config.network().definition(),
                        config.preprocessing().toString(),
                        config.recipe().toString())) {
            return true;
        }
        Say.line("training the ordinary network for %d epochs", config.recipe().epochs());
        TrainingResult result =
                AnnTraining.run(config, Optional.empty(), train, files, checkpointing(files), PushOption.NOBODY);
        boolean whole = !failed(result.end(), files) && files.writeIfCompleted(result.model(), result.end());
        if (!whole) {
            row.note("the ANN", result.epochs(), config.recipe().epochs(), result.validationAccuracy());
        }
        return whole;
    }

    /** Whether the ordinary network was trained elsewhere and put there. */
    private boolean brought(Path annFile) {
        if (origins.knows(String.valueOf(annFile.getFileName())) || Files.notExists(annFile)) {
            return false;
        }
        AnnModel ann = ModelFile.readAnn(annFile);
        if (!ann.network().definition().equals(config.network().definition())
                || !ann.preprocessing().equals(config.preprocessing())
                || !ann.provenance().dataset().equals(config.recipe().dataset())) {
            throw InputException.file(
                    "another network, preprocessing or data set than the recipe's",
                    annFile.toString(),
                    "remove it to have it trained, or choose another --out");
        }
        Say.line("%s was not trained here, and is taken as it is", annFile);
        return true;
    }

    private BalancingRecipe balancing() {
        return new BalancingRecipe(
                1,
                100,
                BALANCE_TIMESTEPS,
                BALANCE_SAMPLES,
                Encoder.POISSON,
                NeuronModel.INTEGRATE_AND_FIRE,
                paper.enough(),
                config.recipe().seed());
    }

    private SpikingModel convert(Model ann, BalancingRecipe balancing) {
        return ConvertCommand.run(ann, config.recipe().label(), balancing, train, Interruption::requested);
    }

    /** Converts, measures, fine-tunes and measures for fewer time steps; false if it was stopped before the end. */
    private boolean reduced(SpikingModel baseline, Path baselineFile, int timesteps) {
        Path scaledFile = folder.resolve("scaled-" + timesteps + ".safetensors");
        String seed = String.valueOf(config.recipe().seed());
        if (!has(scaledFile, Origins.digest(baselineFile), String.valueOf(timesteps), seed)) {
            Say.line("searching k for T = %d", timesteps);
            ModelFile.write(scaledFile, scaled(baseline, timesteps));
        }
        SpikingModel scaled = ModelFile.readSpiking(scaledFile);
        row.baseline(timesteps, tests.spiking("baseline", baselineFile, timesteps));
        row.scaled(
                timesteps,
                tests.spiking("scaled", scaledFile, timesteps),
                scaled.provenance().conversion().map(Conversion::scale).orElse(1.0));
        if (Interruption.requested()) {
            return false;
        }
        Path hybridFile = folder.resolve("hybrid-" + timesteps + ".safetensors");
        if (!tuned(scaled, scaledFile, hybridFile, timesteps)) {
            return false;
        }
        row.hybrid(timesteps, tests.spiking("hybrid", hybridFile, timesteps));
        return !Interruption.requested();
    }

    private SpikingModel scaled(SpikingModel baseline, int timesteps) {
        SearchedScale found = SearchedScale.of(
                baseline.withTimesteps(timesteps), train, config.recipe().seed(), folder.toString());
        Say.line("%s", found.table());
        return found.model();
    }

    /** Fine-tunes, as far as it gets. */
    private boolean tuned(SpikingModel scaled, Path scaledFile, Path hybridFile, int timesteps) {
        FineTuningRecipe recipe =
                FineTuningRecipe.parse(fineTuning.with("the paper's row", Map.of("timesteps", timesteps)));
        TrainingFiles files = files(hybridFile);
        if (has(hybridFile, files.checkpoint(), Origins.digest(scaledFile), recipe.toString())) {
            return true;
        }
        Say.line("fine-tuning for T = %d", timesteps);
        FineTuningResult result = FineTuning.run(scaled, recipe, train, files, checkpointing(files), PushOption.NOBODY)
                .result();
        boolean whole = !failed(result.end(), files) && files.writeIfCompleted(result.model(), result.end());
        if (!whole) {
            row.note(
                    "fine-tuning at T = " + timesteps,
                    result.epochs(),
                    recipe.training().epochs(),
                    result.validationAccuracy());
        }
        return whole;
    }

    /** Whether a training led nowhere. To go on from its checkpoint would lead there again. */
    private boolean failed(TrainingEnd end, TrainingFiles files) {
        if (end instanceof TrainingEnd.Failed failed) {
            row.failed(failed.complaint("; remove " + files.checkpoint() + " to have this step done anew"));
            return true;
        }
        return false;
    }

    private static TrainingFiles files(Path model) {
        TrainingFiles files = new TrainingFiles(model);
        OutputFile.checkBeside(files.checkpoint(), "the checkpoint");
        OutputFile.checkBeside(files.metrics(), "the table of epochs");
        return files;
    }

    private static Checkpointing checkpointing(TrainingFiles files) {
        return new Checkpointing(files.checkpoint(), Checkpointing.DEFAULT_INTERVAL, Files.exists(files.checkpoint()));
    }
}
