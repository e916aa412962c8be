package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Model;
import dev.lamina.train.AnnTrainer;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.TensorLibrary;
import dev.lamina.train.TrainingResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The training of an ordinary network, with its progress shown and Ctrl-C answered. */
final class AnnTraining {

    private AnnTraining() {}

    /**
     * Trains.
     *
     * @param start the weights to start from; drawn at random if absent
     * @param models is offered the network after each epoch
     */
    static TrainingResult run(
            ModelConfig config,
            Optional<AnnModel> start,
            Dataset train,
            TrainingFiles files,
            Checkpointing checkpointing,
            Consumer<Supplier<Model>> models) {
        TensorLibrary.useAllCores();
        EpochTable table = new EpochTable(files.metrics(), List.of());
        try (TrainingWatch watch =
                new TrainingWatch("training", table, checkpointing.resume(), train.classes(), models)) {
            if (start.isPresent()) {
                return AnnTrainer.train(
                        start.get(), config.recipe(), train, checkpointing, watch, Interruption::requested);
            }
            return AnnTrainer.train(
                    config.network(),
                    config.preprocessing(),
                    config.recipe(),
                    train,
                    checkpointing,
                    watch,
                    Interruption::requested);
        }
    }
}
