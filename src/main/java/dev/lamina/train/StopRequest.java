package dev.lamina.train;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The wish that a training end: by whoever began it, or by an interrupt of the thread that trains, which is thereby answered. Once
 * made it stays. Made by the thread that trains; thread-safe.
 */
final class StopRequest {

    private final BooleanSupplier asked;
    private final Thread trainer = Thread.currentThread();
    private volatile boolean interrupted;

    StopRequest(BooleanSupplier asked) {
        this.asked = asked;
    }

    /** Whether it is wished. */
    boolean made() {
        answerInterrupt();
        return interrupted || trainer.isInterrupted() || asked.getAsBoolean();
    }

    /**
     * Gives up what is under way, if it is wished.
     *
     * @throws CancellationException if it is
     */
    void check() {
        if (made()) {
            throw new CancellationException("asked to stop");
        }
    }

    /** Clears the training thread's flag, which would close the files it writes. */
    void answerInterrupt() {
        if (Thread.currentThread() == trainer && Thread.interrupted()) {
            interrupted = true;
        }
    }
}
