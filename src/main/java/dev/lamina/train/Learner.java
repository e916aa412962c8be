package dev.lamina.train;

import dev.lamina.model.Model;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;

/** What distinguishes one kind of training from another: the gradient of a batch, and how good the weights are. */
interface Learner {

    /**
     * How a batch was classified before the step.
     *
     * @param loss the sum of its samples' losses, in nats
     * @param right the number of samples that were classified rightly
     */
    record Score(double loss, int right) {}

    /**
     * Sets the gradient of the mean loss of some samples.
     *
     * <p>If it is asked to stop meanwhile it may throw a {@link java.util.concurrent.CancellationException}, as may {@link #accuracy};
     * what the training carries on is then what it was before.
     *
     * @param samples indices into the training set
     * @param step the number of the batch since the training began, which everything random is drawn by
     */
    Score learn(int[] samples, int step);

    /**
     * How busy the network was in the epoch under way: spikes a neuron and time step, one value a spiking layer; empty
     * for an ordinary network.
     *
     * @param samples how many samples of the epoch are done
     */
    ImmutableDoubleList firingRates(int samples);

    /** The part of some samples of the training set that is classified rightly; NaN if a readout is not finite. */
    double accuracy(int[] samples);

    /**
     * The network as it is, the best or not.
     *
     * @param epochs how many are done
     */
    Model model(int epochs);
}
