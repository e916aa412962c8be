package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.train.AnnTrainer;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.TensorLibrary;
import dev.lamina.train.TrainingProgress;
import dev.lamina.train.TrainingResult;
import java.util.Locale;

/** The training of an ordinary network, with its progress shown and Ctrl-C answered. */
final class AnnTraining {

    private AnnTraining() {}

    static TrainingResult run(ModelConfig config, Dataset train, Checkpointing checkpointing) {
        TensorLibrary.useAllCores();
        int batches =
                (train.size() - config.recipe().validation() + config.recipe().batch() - 1)
                        / config.recipe().batch();
        try (Progress progress = new Progress("training", (long) config.recipe().epochs() * batches)) {
            return AnnTrainer.train(
                    config.network(),
                    config.preprocessing(),
                    config.recipe(),
                    train,
                    checkpointing,
                    state -> show(progress, state),
                    Interruption::requested);
        }
    }

    private static void show(Progress progress, TrainingProgress state) {
        long done = (state.epoch() - 1L) * state.batches() + state.batchesDone();
        progress.to(
                done, String.format(Locale.ROOT, "loss %.3f, accuracy %.1f %%", state.loss(), 100 * state.accuracy()));
        if (state.validationAccuracy().isPresent() && !Progress.terminal()) {
            Say.line(
                    "epoch %d of %d: loss %.4f, training %.2f %%, validation %.2f %%, %.0f s",
                    state.epoch(),
                    state.epochs(),
                    state.loss(),
                    100 * state.accuracy(),
                    100 * state.validationAccuracy().getAsDouble(),
                    state.seconds());
        }
    }
}
