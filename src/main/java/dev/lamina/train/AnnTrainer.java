package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Provenance;
import dev.lamina.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;

/**
 * The training of an ordinary network, by gradient descent on the cross entropy, under the constraints that conversion
 * to spikes needs: ReLU, average pooling, dropout, no bias and no batch normalisation.
 *
 * <p>It holds some samples of the training set back, and keeps the epoch that classifies most of those rightly, the
 * later on ties. It writes checkpoints, and a training that was interrupted and resumed ends, on the same machine and
 * with the same number of threads, with the same bits as one that was not.
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
public final class AnnTrainer implements Learner {

    private static final int EVALUATION_BATCH = 256;
    /** The tensor library's number of the reduction to the mean. */
    private static final long MEAN = 1;
    /** A label that no sample has. */
    private static final long IGNORE_NOTHING = -100;

    private final AnnModel start;
    private final TrainingRecipe recipe;
    private final Dataset dataset;
    private final TrainingState state;
    private final ForwardPass pass;
    private final ImageBatch batch;
    private final ImageBatch validationBatch;

    private AnnTrainer(AnnModel start, TrainingRecipe recipe, Dataset trainSet, TrainingState state) {
        this.start = start;
        this.recipe = recipe;
        this.dataset = trainSet;
        this.state = state;
        pass = new ForwardPass(start.network(), state.weights, recipe.precision());
        batch = new ImageBatch(trainSet, start.preprocessing(), Math.min(recipe.batch(), trainSet.size()));
        validationBatch = new ImageBatch(
                trainSet,
                start.preprocessing(),
                Math.min(EVALUATION_BATCH, recipe.validation().size()));
    }

    /**
     * Trains a network.
     *
     * <p>A thread interrupt or {@code stop} ends the training after the batch under way. The interrupt is thereby
     * answered: the thread's flag is cleared, so that the caller can write files.
     *
     * @param network the layers
     * @param preprocessing how images become input
     * @param recipe how to train
     * @param trainSet the training set; the validation samples are taken from it
     * @param checkpointing where and how often to keep the training, and whether to go on from there
     * @param listener hears of the progress
     * @param stop asked before each batch whether to end
     * @return the best epoch's weights, and how the training ended
     * @throws InputException if the images do not fit, too few are left to train on, or the checkpoint is not usable
     */
    public static TrainingResult train(
            Network network,
            Preprocessing preprocessing,
            TrainingRecipe recipe,
            Dataset trainSet,
            Checkpointing checkpointing,
            TrainingListener listener,
            BooleanSupplier stop) {
        Provenance nothing =
                Provenance.of(trainSet.name(), recipe.seed()).withValidation(Optional.of(recipe.validation()));
        AnnModel drawn = new AnnModel(
                network,
                untrained(network, preprocessing, trainSet.name(), recipe.seed())
                        .weights(),
                preprocessing,
                nothing);
        return train(
                drawn,
                recipe,
                trainSet,
                fingerprint(network, preprocessing, recipe, trainSet, List.of()),
                checkpointing,
                listener,
                stop);
    }

    /**
     * Trains a network on from weights that are there.
     *
     * @param start the layers, how images become input, and the weights
     * @see #train(Network, Preprocessing, TrainingRecipe, Dataset, Checkpointing, TrainingListener, BooleanSupplier)
     */
    public static TrainingResult train(
            AnnModel start,
            TrainingRecipe recipe,
            Dataset trainSet,
            Checkpointing checkpointing,
            TrainingListener listener,
            BooleanSupplier stop) {
        List<float[]> weights = new ArrayList<>();
        for (int i = 0; i < start.weights().size(); i++) {
            weights.add(start.weights().tensor(i));
        }
        return train(
                start,
                recipe,
                trainSet,
                fingerprint(start.network(), start.preprocessing(), recipe, trainSet, weights),
                checkpointing,
                listener,
                stop);
    }

    private static TrainingResult train(
            AnnModel start,
            TrainingRecipe recipe,
            Dataset trainSet,
            String fingerprint,
            Checkpointing checkpointing,
            TrainingListener listener,
            BooleanSupplier stop) {
        AnnEvaluation.check(start.network(), trainSet, start.preprocessing());
        try (PointerScope scope = new PointerScope()) {
            TrainingState state =
                    new TrainingState(WeightTensors.of(start.network(), start.weights()), recipe.descent());
            TrainingEnd end = new TrainingLoop(
                            recipe, trainSet, state, fingerprint, checkpointing, listener, new StopRequest(stop))
                    .run(new AnnTrainer(start, recipe, trainSet, state));
            String line = recipe.history(state.epochs, state.bestEpoch, state.bestAccuracy);
            return new TrainingResult(
                    model(start, state.best, start.provenance().trained(line, recipe.seed(), recipe.validation())),
                    state.bestAccuracy,
                    state.epochs,
                    end);
        }
    }

    /** The network as a training begins it: with random weights that the seed decides. */
    public static AnnModel untrained(Network network, Preprocessing preprocessing, String dataset, long seed) {
        try (PointerScope scope = new PointerScope()) {
            return new AnnModel(
                    network,
                    WeightTensors.initial(network, seed).toWeights(),
                    preprocessing,
                    Provenance.of(dataset, seed, "weights drawn at random"));
        }
    }

    @Override
    public Score learn(int[] samples, int step) {
        DenseDropout dropouts = new DenseDropout(RandomStream.DROPOUT.seed(recipe.seed(), step));
        batch.fill(
                samples,
                0,
                samples.length,
                recipe.augmentation(),
                RandomStream.AUGMENTATION.random(recipe.seed(), step));
        try (PointerScope scope = new PointerScope()) {
            Tensor logits = pass.logits(batch.images(samples.length), Optional.of(dropouts));
            Tensor entropy = loss(logits, batch.labels(samples.length), recipe.labelSmoothing());
            entropy.backward();
            return new Score(entropy.item_float() * (double) samples.length, right(logits, samples.length));
        }
    }

    /** The mean cross entropy. */
    static Tensor loss(Tensor logits, Tensor labels, double smoothing) {
        return torch.cross_entropy_loss(logits, labels, new TensorOptional(), MEAN, IGNORE_NOTHING, smoothing);
    }

    private int right(Tensor logits, int count) {
        int classes = pass.network().output().size();
        float[] readouts = new float[count * classes];
        logits.contiguous().data_ptr_float().get(readouts);
        int right = 0;
        for (int i = 0; i < count; i++) {
            right += Prediction.of(readouts, i * classes, classes) == batch.label(i) ? 1 : 0;
        }
        return right;
    }

    @Override
    public ImmutableDoubleList firingRates(int samples) {
        return DoubleLists.immutable.empty();
    }

    @Override
    public double accuracy(int[] samples) {
        float[] readouts = AnnEvaluation.readouts(pass, validationBatch, samples);
        for (float readout : readouts) {
            if (!Float.isFinite(readout)) {
                return Double.NaN;
            }
        }
        return AnnEvaluation.accuracy(readouts, dataset, samples);
    }

    @Override
    public AnnModel model(int epochs) {
        String line = "trained, and not yet to the end: until epoch " + epochs;
        return model(start, state.weights, start.provenance().trained(line, recipe.seed(), recipe.validation()));
    }

    private static AnnModel model(AnnModel start, WeightTensors weights, Provenance provenance) {
        return new AnnModel(start.network(), weights.toWeights(), start.preprocessing(), provenance);
    }

    /** Everything that decides the course of a training. */
    private static String fingerprint(
            Network network, Preprocessing preprocessing, TrainingRecipe recipe, Dataset dataset, List<float[]> start) {
        String text =
                network.definition() + preprocessing + recipe + dataset.name() + dataset.shape() + dataset.sha256();
        return Checkpoint.fingerprint(text, start);
    }
}
