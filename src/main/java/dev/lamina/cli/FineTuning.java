package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.network.Projection;
import dev.lamina.train.Checkpointing;
import dev.lamina.train.FineTuner;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.FineTuningResult;
import dev.lamina.train.TensorLibrary;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The training of a spiking network, with its progress shown and Ctrl-C answered.
 *
 * @param before the accuracy of the start on the validation samples; absent if a training of old, which did not tell,
 *     was resumed
 * @param result what it made
 */
record FineTuning(OptionalDouble before, FineTuningResult result) {

    static FineTuning run(
            SpikingModel model,
            FineTuningRecipe recipe,
            Dataset train,
            TrainingFiles files,
            Checkpointing checkpointing,
            Consumer<Supplier<Model>> models) {
        FineTuner.check(model, recipe);
        TensorLibrary.useAllCores();
        EpochTable table = new EpochTable(
                files.metrics(),
                model.network()
                        .projections()
                        .take(model.network().projections().size() - 1)
                        .collect(Projection::name)
                        .castToList());
        if (!checkpointing.resume()) {
            sayIfSeen(model, recipe.training().validation(), train);
            double accuracy = validate(model, recipe, train, files);
            // Before the table has a row: the old checkpoint does not belong to it.
            checkpointing.begin();
            table.start(accuracy);
            if (!Progress.terminal()) {
                Say.line("epoch 0 of %d: validation %.2f %%", recipe.training().epochs(), 100 * accuracy);
            }
        }
        try (TrainingWatch watch =
                new TrainingWatch("fine-tuning", table, checkpointing.resume(), train.classes(), models)) {
            FineTuningResult result =
                    FineTuner.train(model, recipe, train, checkpointing, watch, Interruption::requested);
            return new FineTuning(table.start(), result);
        }
    }

    /** Says so if validation samples are not known to be among those that the model was not trained on. */
    private static void sayIfSeen(SpikingModel model, ValidationSplit validation, Dataset train) {
        if (model.provenance().validation().isEmpty()
                && model.provenance().dataset().equals(train.name())) {
            Say.line("the model does not tell what its training held back: some of the validation samples may have been"
                    + " trained on before, and their accuracy would say too much");
        }
        HeldBack.sayIfUnfit(model, train);
        model.provenance()
                .unseen(train)
                .filter(unseen -> !validation.isWithin(unseen))
                .ifPresent(unseen -> Say.line(
                        "some of the %,d validation samples were trained on before, and their accuracy says too much: the"
                                + " model's own training held back { size = %d, draw = %s, seed = %d }",
                        validation.size(), unseen.size(), Choice.name(unseen.draw()), unseen.seed()));
    }

    private static double validate(SpikingModel model, FineTuningRecipe recipe, Dataset train, TrainingFiles files) {
        try (Progress progress =
                new Progress("validating", recipe.training().validation().size())) {
            return FineTuner.validationAccuracy(model, recipe, train, () -> {
                progress.step();
                if (Interruption.requested()) {
                    throw InputException.stopped(
                            "stopped before the first batch",
                            files.model().toString(),
                            "no model was written; start again");
                }
            });
        }
    }
}
