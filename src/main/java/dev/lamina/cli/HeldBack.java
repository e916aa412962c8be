package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.model.SpikingModel;

/** What a model tells of the samples that its training held back. */
final class HeldBack {

    private HeldBack() {}

    /** Says so if they can not be of this training set: then nobody knows which of its samples were trained on. */
    static void sayIfUnfit(SpikingModel model, Dataset train) {
        model.provenance()
                .unfit(train)
                .ifPresent(split -> Say.line(
                        "the model's lamina.validation does not fit: it tells of %,d samples held back from training, and"
                                + " the training set has %,d; it is not known which of these were trained on, and an"
                                + " accuracy on them may say too much",
                        split.size(), train.size()));
    }
}
