package dev.lamina.train;

import dev.lamina.model.Weights;
import java.util.Arrays;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OptimizerOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What a training carries from one epoch to the next: all that a checkpoint must hold. Belongs to the pointer scope in
 * which it was made, and to one thread.
 */
final class TrainingState {

    final WeightTensors weights;
    /** The weights of the best epoch so far. */
    final WeightTensors best;

    /** Trainable parameters of the neurons: thresholds and leak of a spiking network, none of an ordinary one. */
    final Tensor neurons;

    final Tensor bestNeurons;

    private final double neuronRateFactor;
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
    /** Spikes of each spiking layer; empty for an ordinary network. */
    final long[] spikes;
    /** How many batches ago each spiking layer spiked; it does not begin anew with the epoch. */
    final int[] silentBatches;

    TrainingState(WeightTensors weights, Descent descent) {
        this(weights, new float[0], descent.learningRate(), 0, descent);
    }

    /**
     * @param neurons trainable parameters of the neurons
     * @param neuronLearningRate their learning rate, under the weights' schedule
     * @param spikingLayers how many layers' spikes are counted
     */
    TrainingState(
            WeightTensors weights, float[] neurons, double neuronLearningRate, int spikingLayers, Descent descent) {
        neuronRateFactor = neuronLearningRate / descent.learningRate();
        this.weights = weights;
        spikes = new long[spikingLayers];
        silentBatches = new int[spikingLayers];
        best = weights.copy();
        this.neurons = neurons.length == 0 ? torch.empty(0) : Tensor.create(neurons);
        bestNeurons = this.neurons.clone();
        TensorVector parameters = weights.trainable();
        if (descent instanceof Descent.Sgd sgd) {
            SGDOptions options = momentum(sgd);
            options.weight_decay().put(sgd.weightDecay());
            optimiser = new SGD(parameters, options);
        } else {
            AdamOptions options = new AdamOptions(descent.learningRate());
            options.weight_decay().put(descent.weightDecay());
            optimiser = new Adam(parameters, options);
        }
        if (neurons.length > 0) {
            // Weights may well be smaller; a threshold must not decay.
            OptimizerOptions undecayed =
                    descent instanceof Descent.Sgd sgd ? momentum(sgd) : new AdamOptions(descent.learningRate());
            optimiser.add_param_group(
                    new OptimizerParamGroup(new TensorVector(this.neurons.set_requires_grad(true)), undecayed));
        }
    }

    private static SGDOptions momentum(Descent.Sgd sgd) {
        SGDOptions options = new SGDOptions(sgd.learningRate());
        options.momentum().put(sgd.momentum());
        return options;
    }

    /** Copies neuron parameters. */
    static void copy(Tensor from, Tensor to) {
        if (from.numel() == 0) {
            return;
        }
        to.data_ptr_float().put(from.data_ptr_float().limit(from.numel()));
    }

    /** Sets the rate of the next step: that of the weights, the neurons' in proportion. */
    void learningRate(double rate) {
        optimiser.param_groups().get(0).options().set_lr(rate);
        if (neurons.numel() > 0) {
            optimiser.param_groups().get(1).options().set_lr(rate * neuronRateFactor);
        }
    }

    /** Follows the gradient that the weights and neuron parameters have. */
    @SuppressWarnings(
            "try") // What is returned, the loss of a closure that there is not, takes memory until it is closed.
    void step() {
        try (Tensor nothing = optimiser.step()) {
            NeuronParameters.confine(neurons);
        }
    }

    /** Whether all that is learned is within what a model can hold. */
    boolean usable() {
        for (long i = 0; i < neurons.numel(); i++) {
            if (!(Math.abs(neurons.data_ptr_float().get(i)) <= Weights.LARGEST)) {
                return false;
            }
        }
        return weights.usable();
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
        Arrays.fill(spikes, 0);
        if (bestEpoch == 0 || validationAccuracy >= bestAccuracy) {
            bestEpoch = epochs;
            bestAccuracy = validationAccuracy;
            best.become(weights);
            copy(neurons, bestNeurons);
        }
    }
}
