package dev.lamina.train;

import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import java.util.function.Supplier;

/** Whoever wants to know how a training gets on. Called on the training thread, after every batch and every epoch. */
@FunctionalInterface
public interface TrainingListener {

    /** Listens to nothing. */
    TrainingListener NONE = progress -> {};

    /** The training begins, or goes on from its checkpoint, which has turned out to be its own. */
    default void begun() {
        // Of interest to who keeps something beside the checkpoint.
    }

    /**
     * The checkpoint could not be written. The training does not end for that, and it is tried again later.
     *
     * @param complaint what was wrong
     */
    default void notSaved(InputException complaint) {
        // Who does not care whether the training can be resumed hears of the end.
    }

    /** The training has come to {@code progress}. */
    void progressed(TrainingProgress progress);

    /**
     * An epoch is over, and what it brought is saved, if the disk did not refuse. Said again, at once, when a training is resumed from there: it may have been
     * killed before it was heard.
     *
     * @param model makes the network as it is now, the best or not; to be asked before this returns
     */
    default void epochEnded(Supplier<Model> model) {
        // Most want to know how it goes, not what comes of it.
    }
}
