package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import dev.lamina.train.TrainingListener;
import dev.lamina.train.TrainingProgress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows how a training gets on: its progress, a line an epoch, and the table of epochs. */
final class TrainingWatch implements TrainingListener, AutoCloseable {

    /** Epochs that a deep network may take to begin. */
    private static final int PATIENCE = 5;

    private static final double NOTHING_LEARNED = 0.005;

    private final String task;
    private final EpochTable table;
    private final boolean resumed;
    private final double guessing;
    private final Consumer<Supplier<Model>> models;
    private @Nullable Progress progress;
    private double secondsBefore;

    /**
     * @param task what the progress is called
     * @param resumed whether the table goes on with what its file holds
     * @param classes of the samples
     * @param models is offered the network after each epoch
     */
    TrainingWatch(String task, EpochTable table, boolean resumed, int classes, Consumer<Supplier<Model>> models) {
        this.task = task;
        this.table = table;
        this.resumed = resumed;
        guessing = Math.log(classes);
        this.models = models;
    }

    @Override
    public void begun() {
        // Not before: of another training's files the checkpoint is the one to complain of.
        if (resumed) {
            table.goOn();
        }
    }

    @Override
    public void notSaved(InputException complaint) {
        Say.line(
                "%s; until it can be written, --resume goes on from what was written before",
                String.valueOf(complaint.getMessage()));
    }

    @Override
    public void progressed(TrainingProgress state) {
        long done = (state.epoch() - 1L) * state.batches() + state.batchesDone();
        if (progress == null) {
            // What is left is reckoned from what is done from now on: the clock starts here, and it may be in the
            // midst.
            progress = new Progress(task, (long) state.epochs() * state.batches(), done);
        }
        progress.to(
                done, String.format(Locale.ROOT, "loss %.3f, accuracy %.1f %%", state.loss(), 100 * state.accuracy()));
        state.validationAccuracy().ifPresent(validation -> {
            try {
                table.end(state, state.seconds() - secondsBefore);
            } catch (InputException e) {
                Say.line("%s; it is tried again after the next epoch", String.valueOf(e.getMessage()));
            }
            secondsBefore = state.seconds();
            if (!Progress.terminal()) {
                Say.line(
                        "epoch %d of %d: loss %.4f, training %.2f %%, validation %.2f %%, %.0f s",
                        state.epoch(),
                        state.epochs(),
                        state.loss(),
                        100 * state.accuracy(),
                        100 * validation,
                        state.seconds());
            }
            if (state.epoch() == PATIENCE && Math.abs(state.loss() - guessing) < NOTHING_LEARNED) {
                Say.line(
                        "after %d epochs the loss is still that of guessing, %.3f: nothing has been learned yet; if it stays, try"
                                + " another learning rate or schedule",
                        PATIENCE, guessing);
            }
        });
    }

    @Override
    public void epochEnded(Supplier<Model> model) {
        models.accept(model);
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
