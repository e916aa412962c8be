package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/**
 * The course of a training: epochs of batches, a schedule for the learning rate, samples held back to choose the best
 * epoch by, checkpoints, and an end when it is asked for. What a batch teaches is the {@link Learner}'s affair.
 *
 * <p>Everything random is a pure function of (seed, epoch) or (seed, batch), so that a training that was interrupted and
 * resumed ends, on the same machine and with the same number of threads, with the same bits as one that was not.
 */
final class TrainingLoop {

    private final TrainingRecipe recipe;
    private final TrainingSplit split;
    private final TrainingState state;
    private final Checkpoint checkpoint;
    private final Checkpointing checkpointing;
    private final TrainingListener listener;
    private final StopRequest stop;
    private final int batches;
    private final long start = System.nanoTime();
    private long saved = start;

    /**
     * @param fingerprint the digest of all that decides the training's course
     * @param stop asked before each batch; the learner may ask more often
     */
    TrainingLoop(
            TrainingRecipe recipe,
            Dataset trainSet,
            TrainingState state,
            String fingerprint,
            Checkpointing checkpointing,
            TrainingListener listener,
            StopRequest stop) {
        this.recipe = recipe;
        this.state = state;
        this.checkpointing = checkpointing;
        this.listener = listener;
        this.stop = stop;
        checkpoint = new Checkpoint(checkpointing.file(), fingerprint);
        split = TrainingSplit.of(trainSet, recipe.validation());
        batches = (Math.min(split.training().length, recipe.epochSamples()) + recipe.batch() - 1) / recipe.batch();
    }

    /**
     * Trains to the last epoch, from the checkpoint on if that is wanted.
     *
     * @throws InputException if the checkpoint is not usable
     */
    TrainingEnd run(Learner learner) {
        if (checkpointing.resume()) {
            checkpoint.read(state);
            listener.begun();
            if (state.batches == 0) {
                listener.epochEnded(() -> learner.model(state.epochs));
            }
        } else {
            checkpointing.begin();
            listener.begun();
        }
        try {
            while (state.epochs < recipe.epochs()) {
                epoch(state.epochs + 1, learner);
            }
            return new TrainingEnd.Completed();
        } catch (CancellationException stopped) {
            return stop();
        } catch (TrainingFailure failure) {
            return failure.end();
        }
    }

    private TrainingEnd stop() {
        try {
            if (state.epochs + state.batches > 0) {
                saveIfPossible(state.epochs + 1);
            }
            return new TrainingEnd.Stopped();
        } catch (TrainingFailure failure) {
            return failure.end();
        }
    }

    /** Trains what is left of an epoch. A batch that is given up leaves the state as it was before. */
    private void epoch(int epoch, Learner learner) {
        int[] order = split.order(recipe, epoch);
        while (state.batches < batches) {
            stop.check();
            int from = state.batches * recipe.batch();
            int to = Math.min(order.length, from + recipe.batch());
            int step = (epoch - 1) * batches + state.batches;
            state.learningRate(rate(step));
            state.optimiser.zero_grad();
            Learner.Score score = learner.learn(Arrays.copyOfRange(order, from, to), step);
            state.step();
            state.add(score);
            if (!Double.isFinite(state.loss)) {
                throw diverged(epoch);
            }
            listener.progressed(progress(epoch, to, learner, OptionalDouble.empty()));
            // After the last one too: it may take long to validate.
            if (System.nanoTime() - saved >= checkpointing.interval().toNanos()) {
                saveIfPossible(epoch);
            }
        }
        double validation = learner.accuracy(split.validation());
        if (Double.isNaN(validation)) {
            throw diverged(epoch);
        }
        // Told first: whoever keeps a row an epoch may then have one too many, which he will hear again, but none too
        // few.
        listener.progressed(progress(epoch, order.length, learner, OptionalDouble.of(validation)));
        state.completed(validation);
        saveIfPossible(epoch);
        listener.epochEnded(() -> learner.model(state.epochs));
    }

    private TrainingFailure diverged(int epoch) {
        return new TrainingFailure(
                "the training diverged (its numbers are no longer finite)",
                recipe.label() + ", epoch " + epoch,
                "lower the learning rate");
    }

    private double rate(int step) {
        return recipe.descent().learningRate() * recipe.schedule().factor(step / ((double) recipe.epochs() * batches));
    }

    private TrainingProgress progress(int epoch, int samples, Learner learner, OptionalDouble validation) {
        return new TrainingProgress(
                recipe.label(),
                epoch,
                recipe.epochs(),
                state.batches,
                batches,
                state.loss / samples,
                (double) state.right / samples,
                validation,
                rate((epoch - 1) * batches + state.batches - 1),
                learner.firingRates(samples),
                (System.nanoTime() - start) / 1e9);
    }

    /** Writes the checkpoint, if the disk lets it: hours of training do not end for want of it, nor is the best epoch lost. */
    private void saveIfPossible(int epoch) {
        try {
            save(epoch);
        } catch (InputException e) {
            listener.notSaved(e);
            saved = System.nanoTime();
        }
    }

    /**
     * Writes the checkpoint. An interrupt closes whatever file is being written; the training is worth a second try.
     *
     * @throws InputException if the disk refuses
     * @throws TrainingFailure if the weights are no longer finite; the checkpoint is left as it is
     */
    private void save(int epoch) {
        // The loss is that before the step.
        if (!state.usable()) {
            throw diverged(epoch);
        }
        stop.answerInterrupt();
        try {
            checkpoint.write(state);
        } catch (InputException e) {
            if (!(e.getCause() instanceof ClosedByInterruptException)) {
                throw e;
            }
            stop.answerInterrupt();
            checkpoint.write(state);
        }
        saved = System.nanoTime();
    }
}
