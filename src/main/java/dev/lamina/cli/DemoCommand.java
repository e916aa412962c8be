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
import dev.lamina.report.SimulationReport;
import dev.lamina.report.TextReport;
import dev.lamina.train.AnnEvaluation;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.Checkpointing;
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
                + " converts it to spikes, runs it as event traffic between layer actors, and reports what it costs.",
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
        ModelConfig config = ModelConfig.read(home().resolve("models").resolve("lenet5-digits.conf"));
        Dataset train = Datasets.open(config.recipe().dataset(), Split.TRAIN, Optional.empty());
        Dataset test = Datasets.open(config.recipe().dataset(), Split.TEST, Optional.empty());

        Say.line("2. Train an ordinary LeNet-5 for %d epochs.", config.recipe().epochs());
        TrainingResult trained = AnnTraining.run(
                config,
                train,
                annFiles,
                new Checkpointing(annFiles.checkpoint(), Checkpointing.DEFAULT_INTERVAL, false));
        if (trained.stopped()) {
            throw InputException.file("stopped in the midst of training", folder.toString(), "start the demo again");
        }
        ModelFile.write(annFile, trained.model());
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
        List<HardwareProfile> profiles = HardwareProfiles.NAMES.stream()
                .map(name -> HardwareProfiles.named(name, folder))
                .toList();
        SimulationReport report = new Simulation(
                        spiking,
                        snnFile.toString(),
                        ModelFile.sha256(snnFile),
                        test,
                        Split.TEST,
                        TIMESTEPS,
                        1,
                        profiles,
                        ChipSettings.DEFAULT)
                .run();
        System.out.println(TextReport.render(report));
        Say.result(
                "The ANN has %.2f %%, the spiking network %.2f %% after %d time steps.%n"
                        + "Next: ./lamina simulate sim-configs/quickstart.conf --timesteps 20",
                100 * ann, 100 * report.accuracy(), TIMESTEPS);
        return 0;
    }

    /** The folder of the program, where {@code models/} lies. */
    static Path home() {
        return Path.of(System.getProperty("lamina.home", ""));
    }
}
