package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Provenance;
import dev.lamina.network.Network;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.factory.Lists;

/**
 * The training of an ordinary network, by gradient descent on the cross entropy, under the constraints that conversion
 * to spikes needs: ReLU, average pooling, dropout, no bias and no batch normalisation.
 *
 * <p>It holds some samples of the training set back, and keeps the epoch that classifies most of those rightly, the
 * later on ties. After each epoch it writes a checkpoint. Everything random is a pure function of (seed, epoch), so that
 * a training that was interrupted and resumed ends, on the same machine and with the same number of threads, with the
 * same bits as one that was not.
 *
 * <p>One training at a time in a process: dropout draws from the tensor library's only generator.
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
public final class AnnTrainer {

    private static final int EVALUATION_BATCH = 256;

    private final Network network;
    private final Preprocessing preprocessing;
    private final TrainingRecipe recipe;
    private final Dataset dataset;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final Checkpoint checkpoint;
    private final TrainingSplit split;
    private final int batches;
    private final TrainingState state;
    private final ForwardPass pass;
    private final ImageBatch batch;
    private final ImageBatch validationBatch;
    private final long start = System.nanoTime();
    private boolean interrupted;

    private AnnTrainer(
            Network network,
            Preprocessing preprocessing,
            TrainingRecipe recipe,
            Dataset trainSet,
            Path checkpoint,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.network = network;
        this.preprocessing = preprocessing;
        this.recipe = recipe;
        this.dataset = trainSet;
        this.listener = listener;
        this.stop = stop;
        this.checkpoint = new Checkpoint(checkpoint, fingerprint(network, preprocessing, recipe, trainSet));
        split = TrainingSplit.of(trainSet, recipe);
        int training = split.training().length;
        batches = (training + recipe.batch() - 1) / recipe.batch();
        state = new TrainingState(WeightTensors.initial(network, recipe.seed()), recipe.descent());
        pass = new ForwardPass(network, state.weights, recipe.precision());
        batch = new ImageBatch(trainSet, preprocessing, Math.min(recipe.batch(), training));
        validationBatch = new ImageBatch(trainSet, preprocessing, Math.min(EVALUATION_BATCH, recipe.validation()));
    }

    /**
     * Trains a network.
     *
     * <p>A thread interrupt or {@code stop} ends the training after the batch under way; the checkpoint is then that of
     * the last completed epoch. The interrupt is thereby answered: the thread's flag is cleared, so that the caller can
     * write files.
     *
     * @param network the layers
     * @param preprocessing how images become input
     * @param recipe how to train
     * @param trainSet the training set; the validation samples are taken from it
     * @param checkpoint the file to keep the training in after each epoch; what is there is replaced
     * @param resume whether to go on from {@code checkpoint} and not from the start
     * @param listener hears of the progress
     * @param stop asked before each batch whether to end
     * @return the best epoch's weights
     * @throws InputException if the images do not fit, too few are left to train on, the checkpoint is not usable, the
     *     disk refuses, or the training diverges
     */
    public static TrainingResult train(
            Network network,
            Preprocessing preprocessing,
            TrainingRecipe recipe,
            Dataset trainSet,
            Path checkpoint,
            boolean resume,
            TrainingListener listener,
            BooleanSupplier stop) {
        AnnEvaluation.check(network, trainSet, preprocessing);
        try (PointerScope scope = new PointerScope()) {
            AnnTrainer trainer = new AnnTrainer(network, preprocessing, recipe, trainSet, checkpoint, listener, stop);
            if (resume) {
                trainer.checkpoint.read(trainer.state);
            }
            return trainer.run();
        }
    }

    private TrainingResult run() {
        boolean stopped = false;
        while (!stopped && state.epochs < recipe.epochs()) {
            stopped = !epoch(state.epochs + 1);
        }
        return new TrainingResult(
                new AnnModel(network, state.best.toWeights(), preprocessing, provenance()),
                state.bestAccuracy,
                state.epochs,
                stopped);
    }

    /** Trains an epoch; false if it was asked to stop before the last batch. */
    private boolean epoch(int epoch) {
        torch.manual_seed(RandomStream.DROPOUT.seed(recipe.seed(), epoch));
        Random variation = RandomStream.AUGMENTATION.random(recipe.seed(), epoch);
        int[] order = split.order(recipe.seed(), epoch);
        double loss = 0;
        int right = 0;
        double accuracy = 0;
        for (int i = 0; i < batches; i++) {
            if (stopRequested()) {
                return false;
            }
            int from = i * recipe.batch();
            int to = Math.min(order.length, from + recipe.batch());
            batch.fill(order, from, to, recipe.augmentation(), variation);
            double progress = ((epoch - 1.0) * batches + i) / ((double) recipe.epochs() * batches);
            try (PointerScope scope = new PointerScope()) {
                state.learningRate(
                        recipe.descent().learningRate() * recipe.schedule().factor(progress));
                Tensor logits = pass.logits(batch.images(to - from), true);
                Tensor entropy = torch.cross_entropy_loss(logits, batch.labels(to - from));
                state.optimiser.zero_grad();
                entropy.backward();
                state.optimiser.step();
                loss += entropy.item_float() * (double) (to - from);
                right += right(logits, to - from);
            }
            if (!Double.isFinite(loss)) {
                throw diverged(epoch);
            }
            accuracy = (double) right / to;
            report(epoch, i + 1, loss / to, accuracy, OptionalDouble.empty());
        }
        double validation = validation(epoch);
        state.completed(validation);
        save();
        report(epoch, batches, loss / order.length, accuracy, OptionalDouble.of(validation));
        return true;
    }

    private int right(Tensor logits, int count) {
        int classes = network.output().size();
        float[] readouts = new float[count * classes];
        logits.contiguous().data_ptr_float().get(readouts);
        int right = 0;
        for (int i = 0; i < count; i++) {
            right += Prediction.of(readouts, i * classes, classes) == batch.label(i) ? 1 : 0;
        }
        return right;
    }

    private double validation(int epoch) {
        float[] readouts = AnnEvaluation.readouts(pass, validationBatch, split.validation());
        for (float readout : readouts) {
            if (!Float.isFinite(readout)) {
                throw diverged(epoch);
            }
        }
        return AnnEvaluation.accuracy(readouts, dataset, split.validation());
    }

    private InputException diverged(int epoch) {
        return InputException.file(
                "the training diverged (its numbers are no longer finite)",
                recipe.label() + ", epoch " + epoch,
                "lower the learning rate; the checkpoint of the epoch before is unharmed");
    }

    private void report(int epoch, int done, double loss, double accuracy, OptionalDouble validation) {
        double seconds = (System.nanoTime() - start) / 1e9;
        listener.progressed(new TrainingProgress(
                recipe.label(), epoch, recipe.epochs(), done, batches, loss, accuracy, validation, seconds));
    }

    private boolean stopRequested() {
        interrupted |= Thread.interrupted();
        return interrupted || stop.getAsBoolean();
    }

    /** An interrupt closes whatever file is being written; the epoch is worth a second try. */
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
    }

    private Provenance provenance() {
        String line = recipe.history(state.epochs, state.bestEpoch, state.bestAccuracy);
        return new Provenance(dataset.name(), recipe.seed(), Lists.immutable.of(line), Optional.empty());
    }

    /** Everything that decides the course of a training, but for the pixels themselves. */
    private static String fingerprint(
            Network network, Preprocessing preprocessing, TrainingRecipe recipe, Dataset dataset) {
        String text = network.definition() + preprocessing + recipe + dataset.name() + dataset.shape() + dataset.size();
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
