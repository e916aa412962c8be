package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Encoder;
import dev.lamina.data.Split;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.report.Quantity;
import dev.lamina.train.AnnEvaluation;
import dev.lamina.train.BalancingRecipe;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.ThresholdBalancing;
import dev.lamina.train.TrainingEnd;
import dev.lamina.train.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains an ordinary network. */
@Command(
        name = "train",
        description =
                "Trains an ordinary network (ANN) that can be converted to spikes, and measures it on the test set.",
        footerHeading = "%nExample:%n",
        footer = {"  ./lamina train models/lenet5.conf --data data \\", "      --out runs/lenet5/ann.safetensors"})
final class TrainCommand implements Callable<Integer> {

    static final int EVALUATION_BATCH = 500;

    /** How the network is converted after each epoch for a server: as by convert, on fewer samples. */
    private static final BalancingRecipe PUSHED = new BalancingRecipe(
            ConvertCommand.DEFAULT_SCALE, 100, 100, 64, Encoder.POISSON, NeuronModel.INTEGRATE_AND_FIRE, 100, 1);

    @Parameters(paramLabel = "MODEL.conf", description = "the network and its recipe: a file of models/")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Mixin
    RecipeOptions changes;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the model file to write (default: runs/NAME/ann.safetensors)")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "ANN.safetensors",
            description = "start from these weights instead of random ones")
    Optional<Path> from = Optional.empty();

    @Mixin
    LongRun longRun;

    @Mixin
    PushOption push;

    @Override
    public Integer call() {
        ModelConfig config = ModelConfig.read(file, changes.values());
        Path target = OutputFile.checked(
                out.orElse(Path.of("runs", TrainingFiles.stem(file), "ann.safetensors")), from, "--out");
        TrainingFiles files = new TrainingFiles(target);
        Checkpointing checkpointing = longRun.checkpointing(files);
        Dataset train = Datasets.open(config.recipe().dataset(), Split.TRAIN, data.folder);
        Dataset test = Datasets.open(config.recipe().dataset(), Split.TEST, data.folder);
        TrainingResult result = AnnTraining.run(
                config,
                start(config),
                train,
                files,
                checkpointing,
                push.models(
                        target, from, model -> ThresholdBalancing.convert(model, PUSHED, train, (layer, all) -> {})));
        files.write(result.model(), result.epochs(), result.end());
        if (result.end() instanceof TrainingEnd.Stopped) {
            return 1;
        }
        double accuracy = AnnEvaluation.accuracy(result.model(), test, EVALUATION_BATCH);
        Say.result(
                "%s: %s, validation %.2f %%, test %.2f %% of %,d samples",
                target,
                Quantity.of(result.epochs(), "epoch"),
                100 * result.validationAccuracy(),
                100 * accuracy,
                test.size());
        return 0;
    }

    /** The configured network with the weights of a file. */
    private Optional<AnnModel> start(ModelConfig config) {
        return from.map(path -> {
            Model model = ModelFile.read(path);
            Network network = config.network();
            if (!dimensions(model.network()).equals(dimensions(network))) {
                throw InputException.file(
                        "the weights are those of another network",
                        path.toString(),
                        "they are of '" + model.network().name() + "'; " + file + " needs those of '" + network.name()
                                + "'");
            }
            return new AnnModel(
                    network,
                    model.weights(),
                    config.preprocessing(),
                    AnnModel.of(model).provenance());
        });
    }

    private static ImmutableList<String> dimensions(Network network) {
        return network.projections().collect(projection -> Arrays.toString(projection.weightDimensions()));
    }
}
