package dev.lamina.cli;

import dev.lamina.chip.ChipSettings;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Encoder;
import dev.lamina.data.Split;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.energy.HardwareProfiles;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.report.Quantity;
import dev.lamina.report.SimulationReport;
import dev.lamina.report.TextReport;
import dev.lamina.report.TextTable;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.LayerCounts;
import dev.lamina.train.AnnEvaluation;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.FineTuningResult;
import dev.lamina.train.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole story on the built-in drawn digits. */
@Command(
        name = "demo",
        description = "The whole story on built-in data, with nothing to download: trains a LeNet-5 on drawn digits,"
                + " converts it to spikes, runs it as event traffic between layer actors, and reports what it costs; then"
                + " fine-tunes it for a few time steps and runs it again.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina demo")
final class DemoCommand implements Callable<Integer> {

    private static final int TIMESTEPS = 50;
    private static final BalancingRecipe CONVERSION =
            new BalancingRecipe(0.7, 100, 100, 512, Encoder.POISSON, NeuronModel.INTEGRATE_AND_FIRE, TIMESTEPS, 1);

    @Mixin
    CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "the folder for the models it makes (default: ${DEFAULT-VALUE})")
    Path folder = Path.of("runs", "demo");

    @Override
    public Integer call() {
        Path annFile = OutputFile.checked(folder.resolve("ann.safetensors"));
        TrainingFiles annFiles = new TrainingFiles(annFile);
        Say.line("1. Draw digits: 10,000 to train on, 2,000 to test with.");
        Path modelConfig = home().resolve("models").resolve("lenet5-digits.conf");
        ModelConfig config = ModelConfig.read(modelConfig);
        Dataset train = Datasets.open(config.recipe().dataset(), Split.TRAIN, Optional.empty());
        Dataset test = Datasets.open(config.recipe().dataset(), Split.TEST, Optional.empty());

        Say.line("2. Train an ordinary LeNet-5 for %d epochs.", config.recipe().epochs());
        TrainingResult trained =
                AnnTraining.run(config, Optional.empty(), train, annFiles, fresh(annFiles), PushOption.NOBODY);
        if (!annFiles.writeIfCompleted(trained.model(), trained.end())) {
            throw InputException.stopped("stopped in the midst of training", folder.toString(), "start the demo again");
        }
        double ann = AnnEvaluation.accuracy(trained.model(), test, TrainCommand.EVALUATION_BATCH);
        Say.line("   It classifies %.2f %% of the test digits rightly.", 100 * ann);

        Say.line(
                "3. Convert it to spikes: thresholds are %s times the largest weighted input seen.",
                CONVERSION.scale());
        SpikingModel spiking =
                ConvertCommand.run(trained.model(), annFile.toString(), CONVERSION, train, Interruption::requested);
        Path snnFile = folder.resolve("snn.safetensors");
        ModelFile.write(snnFile, spiking);

        Say.line("4. Run it as event traffic: every layer an actor, %d time steps a digit.%n", TIMESTEPS);
        SimulationReport report = simulate(spiking, snnFile, test, TIMESTEPS);
        System.out.println(TextReport.render(report));

        FineTuningRecipe recipe = config.fineTuning()
                .orElseThrow(() -> InputException.configuration(
                        "no section 'fine-tuning'", modelConfig.toString(), "restore the file"));
        int few = recipe.timesteps();
        Say.line(
                "5. Fine-tune it for %d time steps: %d epochs of backpropagation through time.",
                few, recipe.training().epochs());
        TrainingFiles hybridFiles = new TrainingFiles(folder.resolve("hybrid.safetensors"));
        FineTuningResult tuned = FineTuning.run(
                        spiking, recipe, train, hybridFiles, fresh(hybridFiles), PushOption.NOBODY)
                .result();
        if (!hybridFiles.writeIfCompleted(tuned.model(), tuned.end())) {
            throw InputException.stopped(
                    "stopped in the midst of fine-tuning", folder.toString(), "start the demo again");
        }

        Say.line("6. Run both on the chip for %d time steps.%n", few);
        SimulationReport before = simulate(spiking, snnFile, test, few);
        SimulationReport after = simulate(tuned.model(), hybridFiles.model(), test, few);
        System.out.println(new TextTable("spiking network", "time steps", "accuracy", "spikes/sample", "synops/sample")
                .row(row("converted", report))
                .row(row("converted", before))
                .row(row("fine-tuned", after))
                .render());
        Say.result(
                "The ordinary network has %.2f %%. After %d time steps, the spiking network had %.2f %% as converted"
                        + " and has %.2f %% fine-tuned.%n"
                        + "Next: ./lamina inspect %s%n"
                        + "      ./lamina simulate sim-configs/quickstart.conf --model %s --timesteps %d",
                100 * ann,
                few,
                100 * before.accuracy(),
                100 * after.accuracy(),
                hybridFiles.model(),
                hybridFiles.model(),
                few);
        return 0;
    }

    private static Checkpointing fresh(TrainingFiles files) {
        return new Checkpointing(files.checkpoint(), Checkpointing.DEFAULT_INTERVAL, false);
    }

    private SimulationReport simulate(SpikingModel model, Path file, Dataset test, int timesteps) {
        List<HardwareProfile> profiles = SimulationConfig.PROFILES.stream()
                .map(name -> HardwareProfiles.named(name, folder))
                .toList();
        return new Simulation(
                        model,
                        file.toString(),
                        ModelFile.sha256(file),
                        test,
                        Split.TEST,
                        timesteps,
                        1,
                        Arithmetic.FLOAT32,
                        profiles,
                        ChipSettings.DEFAULT,
                        new DetailOptions(),
                        "./lamina demo",
                        common.verbose)
                .run();
    }

    private static String[] row(String name, SimulationReport report) {
        LayerCounts total = report.tally().total();
        double samples = report.tally().samples();
        return new String[] {
            name,
            Quantity.count(report.subject().timesteps()),
            Quantity.percent(report.accuracy()),
            Quantity.number(total.spikes() / samples, 1),
            Quantity.number(total.synops() / samples, 1)
        };
    }

    /** The folder of the program, where {@code models/} lies. */
    static Path home() {
        return Path.of(System.getProperty("lamina.home", ""));
    }
}
