package dev.lamina.train;

import java.util.OptionalDouble;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;

/**
 * How far a training has come.
 *
 * @param label the recipe's label
 * @param epoch the epoch under way, from 1
 * @param epochs the epochs of the recipe
 * @param batchesDone batches of this epoch that are done
 * @param batches batches of an epoch
 * @param loss the mean cross entropy of this epoch so far, in nats
 * @param accuracy the part of this epoch's samples so far that were classified rightly, with dropout and augmentation
 * @param validationAccuracy the part of the validation samples that were classified rightly; present once at the end of
 *     each epoch
 * @param learningRate the optimiser's rate in the batch that was done last
 * @param firingRates spikes a neuron and time step of each spiking layer, in this epoch so far; empty for an ordinary
 *     network
 * @param seconds since the training began or was resumed
 */
public record TrainingProgress(
        String label,
        int epoch,
        int epochs,
        int batchesDone,
        int batches,
        double loss,
        double accuracy,
        OptionalDouble validationAccuracy,
        double learningRate,
        ImmutableDoubleList firingRates,
        double seconds) {}
