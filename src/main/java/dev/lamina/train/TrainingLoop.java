package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

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
    private final BooleanSupplier stop;
    private final int batches;
    private final long start = System.nanoTime();
    private long saved = start;
    private boolean interrupted;

    /**
     * @param fingerprint the digest of all that decides the training's course
     * @param stop asked before each batch whether to end; a thread interrupt ends it as well
     */
    TrainingLoop(
            TrainingRecipe recipe,
            Dataset trainSet,
            TrainingState state,
            String fingerprint,
            Checkpointing checkpointing,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.recipe = recipe;
        this.state = state;
        this.checkpointing = checkpointing;
        this.listener = listener;
        this.stop = stop;
        checkpoint = new Checkpoint(checkpointing.file(), fingerprint);
        split = TrainingSplit.of(trainSet, recipe);
        batches = (Math.min(split.training().length, recipe.epochSamples()) + recipe.batch() - 1) / recipe.batch();
    }

    /**
     * Trains to the last epoch, from the checkpoint on if that is wanted.
     *
     * @return false if it was asked to stop before the end; the checkpoint then holds the batches done
     * @throws InputException if the checkpoint is not usable, the disk refuses, or the training diverges
     */
    boolean run(Learner learner) {
        if (checkpointing.resume()) {
            checkpoint.read(state);
            if (state.batches == 0) {
                listener.epochEnded(() -> learner.model(state.epochs));
            }
        }
        while (state.epochs < recipe.epochs()) {
            if (!epoch(state.epochs + 1, learner)) {
                return false;
            }
        }
        return true;
    }

    /** Trains what is left of an epoch; false if it was asked to stop before the last batch. */
    private boolean epoch(int epoch, Learner learner) {
        int[] order = split.order(recipe, epoch);
        while (state.batches < batches) {
            if (stopRequested()) {
                if (state.epochs + state.batches > 0) {
                    save();
                }
                return false;
            }
            int from = state.batches * recipe.batch();
            int to = Math.min(order.length, from + recipe.batch());
            int step = (epoch - 1) * batches + state.batches;
            state.learningRate(rate(step));
            state.optimiser.zero_grad();
            Learner.Score score = learner.learn(Arrays.copyOfRange(order, from, to), step);
            state.optimiser.step();
            state.add(score);
            if (!Double.isFinite(state.loss)) {
                throw diverged(epoch);
            }
            listener.progressed(progress(epoch, to, learner, OptionalDouble.empty()));
            if (System.nanoTime() - saved >= checkpointing.interval().toNanos() && state.batches < batches) {
                save();
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
        save();
        listener.epochEnded(() -> learner.model(state.epochs));
        return true;
    }

    private InputException diverged(int epoch) {
        return InputException.file(
                "the training diverged (its numbers are no longer finite)",
                recipe.label() + ", epoch " + epoch,
                "lower the learning rate; the checkpoint written last is unharmed");
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

    private boolean stopRequested() {
        interrupted |= Thread.interrupted();
        return interrupted || stop.getAsBoolean();
    }

    /** An interrupt closes whatever file is being written; the training is worth a second try. */
    private void save() {
        interrupted |= Thread.interrupted();
        try {
            checkpoint.write(state);
        } catch (InputException e) {
            if (!(e.getCause() instanceof ClosedByInterruptException)) {
                throw e;
            }
            interrupted |= Thread.interrupted();
            checkpoint.write(state);
        }
        saved = System.nanoTime();
    }
}
