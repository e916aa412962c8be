package dev.lamina.cli;

import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.RunOrder;
import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.io.Sha256;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Conversion;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.train.AnnEvaluation;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.FineTuningResult;
import dev.lamina.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/*
 * Every step leaves a file behind: a model, a checkpoint, or a measurement of some more test samples. A step whose file
 * is there is not done again, so a reproduction that was interrupted, or whose budget was used up, goes on where it was.
 * The dearest step, the conversion at 2,500 time steps, comes last.
 */
/** The steps of one row of the paper's figure 9, from the untrained network to the last measurement. */
final class Reproduction {

    private static final int BALANCE_TIMESTEPS = 500;
    private static final int BALANCE_SAMPLES = 512;
    /** Time steps, of all samples together, from one keeping of the measurement to the next: some seconds. */
    private static final int SLICE = 25_000;

    private final ModelConfig config;
    private final Settings fineTuning;
    private final PaperRow paper;
    private final Dataset train;
    private final Dataset test;
    private final Path folder;
    private final Measurements measurements;
    private final ReproducedRow row;

    Reproduction(ModelConfig config, Settings fineTuning, PaperRow paper, Dataset train, Dataset test, Path folder) {
        this.config = config;
        this.fineTuning = fineTuning;
        this.paper = paper;
        this.train = train;
        this.test = test;
        this.folder = folder;
        measurements = new Measurements(folder.resolve("measurements.json"));
        row = new ReproducedRow(config.recipe().label(), paper);
    }

    /** Does what is left to do; the row holds what there is, whether or not that is all. */
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
        row.ann(annMeasured(annFile, ann));
        Path baselineFile = folder.resolve("baseline.safetensors");
        if (Files.notExists(baselineFile)) {
            Say.line("balancing thresholds");
            ModelFile.write(baselineFile, convert(ann));
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
        row.conversion(simulated("baseline", baselineFile, paper.enough()));
    }

    /** Trains the ordinary network, as far as it gets. */
    private boolean trained(Path annFile) {
        TrainingFiles files = new TrainingFiles(annFile);
        if (Files.exists(annFile)) {
            return true;
        }
        Say.line("training the ordinary network for %d epochs", config.recipe().epochs());
        TrainingResult result =
                AnnTraining.run(config, Optional.empty(), train, files, checkpointing(files), PushOption.NOBODY);
        boolean whole = files.writeIfCompleted(result.model(), result.end());
        if (!whole) {
            row.note(String.format(
                    Locale.ROOT,
                    "the ANN after %d of %d epochs: validation %.2f",
                    result.epochs(),
                    config.recipe().epochs(),
                    100 * result.validationAccuracy()));
        }
        return whole;
    }

    private SpikingModel convert(Model ann) {
        return ConvertCommand.run(
                ann,
                config.recipe().label(),
                new BalancingRecipe(
                        1,
                        100,
                        BALANCE_TIMESTEPS,
                        BALANCE_SAMPLES,
                        Encoder.POISSON,
                        NeuronModel.INTEGRATE_AND_FIRE,
                        paper.enough(),
                        config.recipe().seed()),
                train,
                Interruption::requested);
    }

    /** Converts, measures, fine-tunes and measures for fewer time steps; false if it was stopped before the end. */
    private boolean reduced(SpikingModel baseline, Path baselineFile, int timesteps) {
        Path scaledFile = folder.resolve("scaled-" + timesteps + ".safetensors");
        if (Files.notExists(scaledFile)) {
            Say.line("searching k for T = %d", timesteps);
            ModelFile.write(scaledFile, scaled(baseline, timesteps));
        }
        SpikingModel scaled = ModelFile.readSpiking(scaledFile);
        row.baseline(timesteps, simulated("baseline", baselineFile, timesteps));
        row.scaled(
                timesteps,
                simulated("scaled", scaledFile, timesteps),
                scaled.provenance().conversion().map(Conversion::scale).orElse(1.0));
        if (Interruption.requested()) {
            return false;
        }
        Path hybridFile = folder.resolve("hybrid-" + timesteps + ".safetensors");
        if (Files.notExists(hybridFile) && !tuned(scaled, hybridFile, timesteps)) {
            return false;
        }
        row.hybrid(timesteps, simulated("hybrid", hybridFile, timesteps));
        return !Interruption.requested();
    }

    private SpikingModel scaled(SpikingModel baseline, int timesteps) {
        return SearchedScale.of(
                        baseline.withTimesteps(timesteps),
                        train,
                        config.recipe().seed(),
                        folder.toString())
                .model();
    }

    private boolean tuned(SpikingModel scaled, Path hybridFile, int timesteps) {
        FineTuningRecipe recipe =
                FineTuningRecipe.parse(fineTuning.with("the paper's row", Map.of("timesteps", timesteps)));
        TrainingFiles files = new TrainingFiles(hybridFile);
        Say.line("fine-tuning for T = %d", timesteps);
        FineTuningResult result = FineTuning.run(scaled, recipe, train, files, checkpointing(files), PushOption.NOBODY)
                .result();
        boolean whole = files.writeIfCompleted(result.model(), result.end());
        if (!whole) {
            row.note(String.format(
                    Locale.ROOT,
                    "fine-tuning at T = %d after %d of %d epochs: validation %.2f",
                    timesteps,
                    result.epochs(),
                    recipe.training().epochs(),
                    100 * result.validationAccuracy()));
        }
        return whole;
    }

    private static Checkpointing checkpointing(TrainingFiles files) {
        return new Checkpointing(files.checkpoint(), Checkpointing.DEFAULT_INTERVAL, Files.exists(files.checkpoint()));
    }

    private Measurements.Measurement annMeasured(Path file, AnnModel ann) {
        String digest = digest(file);
        return measurements.of("ann", digest).orElseGet(() -> {
            long start = System.nanoTime();
            double accuracy = AnnEvaluation.accuracy(ann, test, TrainCommand.EVALUATION_BATCH);
            Measurements.Measurement made = new Measurements.Measurement(
                    digest, test.size(), (int) Math.round(accuracy * test.size()), (System.nanoTime() - start) / 1e9);
            measurements.put("ann", made);
            return made;
        });
    }

    /** Runs the test samples that are left through the chip, a slice at a time. */
    private Measurements.Measurement simulated(String kind, Path file, int timesteps) {
        String name = kind + " T=" + timesteps;
        String digest = digest(file);
        Measurements.Measurement measurement =
                measurements.of(name, digest).orElse(new Measurements.Measurement(digest, 0, 0, 0));
        if (measurement.samples() >= test.size() || Interruption.requested()) {
            return measurement;
        }
        SpikingModel model = ModelFile.readSpiking(file);
        try (Chip chip = Chip.start(NetworkSynapses.of(model, Kernels.fastest()), ChipSettings.DEFAULT);
                Progress progress = new Progress(name, test.size(), measurement.samples())) {
            while (measurement.samples() < test.size() && !Interruption.requested()) {
                measurement = slice(chip, model, timesteps, measurement);
                measurements.put(name, measurement);
                progress.to(measurement.samples(), "");
            }
        }
        return measurement;
    }

    private Measurements.Measurement slice(
            Chip chip, SpikingModel model, int timesteps, Measurements.Measurement before) {
        int to = Math.min(test.size(), before.samples() + Math.max(1, SLICE / timesteps));
        AtomicInteger right = new AtomicInteger();
        long start = System.nanoTime();
        chip.start(new RunOrder(
                        IntStream.range(before.samples(), to).toArray(),
                        sample -> model.preprocessing().apply(test, sample),
                        timesteps,
                        config.recipe().seed(),
                        answer -> right.addAndGet(
                                answer.inference().prediction()
                                                == test.label(answer.inference().sample())
                                        ? 1
                                        : 0)))
                .join();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measurements.Measurement(
                before.model(), to, before.right() + right.get(), before.seconds() + seconds);
    }

    private static String digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw InputException.file("cannot read the model file", file.toString(), "is it readable?", e);
        }
    }
}
