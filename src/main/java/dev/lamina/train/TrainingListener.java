package dev.lamina.train;

import dev.lamina.model.Model;
import java.util.function.Supplier;

/** Whoever wants to know how a training gets on. Called on the training thread, after every batch and every epoch. */
@FunctionalInterface
public interface TrainingListener {

    /** Listens to nothing. */
    TrainingListener NONE = progress -> {};

    /** The training has come to {@code progress}. */
    void progressed(TrainingProgress progress);

    /**
     * An epoch is over, and what it brought is saved. Said again, at once, when a training is resumed from there: it may have been
     * killed before it was heard.
     *
     * @param model makes the network as it is now, the best or not; to be asked before this returns
     */
    default void epochEnded(Supplier<Model> model) {
        // Most want to know how it goes, not what comes of it.
    }
}
