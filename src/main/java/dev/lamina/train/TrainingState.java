package dev.lamina.train;

import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorVector;

/**
 * What a training carries from one epoch to the next: all that a checkpoint must hold. Belongs to the pointer scope in
 * which it was made, and to one thread.
 */
final class TrainingState {

    final WeightTensors weights;
    /** The weights of the best epoch so far. */
    final WeightTensors best;

    final Optimizer optimiser;
    /** Completed epochs. */
    int epochs;
    /** The epoch, from 1, that {@link #best} is of; 0 before the first was completed. */
    int bestEpoch;

    double bestAccuracy;
    /** Batches done of the epoch under way, with the sums over them. */
    int batches;

    double loss;
    int right;

    TrainingState(WeightTensors weights, Descent descent) {
        this.weights = weights;
        best = weights.copy();
        TensorVector parameters = weights.trainable();
        if (descent instanceof Descent.Sgd sgd) {
            SGDOptions options = new SGDOptions(sgd.learningRate());
            options.momentum().put(sgd.momentum());
            options.weight_decay().put(sgd.weightDecay());
            optimiser = new SGD(parameters, options);
        } else {
            AdamOptions options = new AdamOptions(descent.learningRate());
            options.weight_decay().put(descent.weightDecay());
            optimiser = new Adam(parameters, options);
        }
    }

    /** Sets the rate of the next step. */
    void learningRate(double rate) {
        optimiser.param_groups().get(0).options().set_lr(rate);
    }

    /** Notes that a batch was learned. */
    void add(Learner.Score score) {
        batches++;
        loss += score.loss();
        right += score.right();
    }

    /** Notes that an epoch was completed; on equal accuracy the later one is the better, having seen more. */
    void completed(double validationAccuracy) {
        epochs++;
        batches = 0;
        loss = 0;
        right = 0;
        if (bestEpoch == 0 || validationAccuracy >= bestAccuracy) {
            bestEpoch = epochs;
            bestAccuracy = validationAccuracy;
            best.become(weights);
        }
    }
}
