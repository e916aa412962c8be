package dev.lamina.train;

import dev.lamina.io.InputException;

/** How a training ended. */
public sealed interface TrainingEnd {

    /** With the recipe's last epoch. */
    record Completed() implements TrainingEnd {}

    /** Before that, as it was asked to; the checkpoint holds what was done, if the disk did not refuse. */
    record Stopped() implements TrainingEnd {}

    /**
     * Before that, since it led nowhere: it diverged, or a layer fell silent or fired without end. To go on from the checkpoint would
     * lead there again.
     *
     * @param what what happened
     * @param where the training's label, and the epoch or layer
     * @param mend what to do
     */
    record Failed(String what, String where, String mend) implements TrainingEnd {

        /**
         * The complaint of one line.
         *
         * @param more added to what to do
         */
        public InputException complaint(String more) {
            return InputException.file(what, where, mend + more);
        }
    }
}
