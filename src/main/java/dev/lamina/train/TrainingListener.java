package dev.lamina.train;

/** Whoever wants to know how a training gets on. Called on the training thread, after every batch and every epoch. */
@FunctionalInterface
public interface TrainingListener {

    /** Listens to nothing. */
    TrainingListener NONE = progress -> {};

    /** The training has come to {@code progress}. */
    void progressed(TrainingProgress progress);
}
