package dev.lamina.serve;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The requests in flight. All are counted until their answer is written; those that are work hold one of so many
 * places until then or a little less. Thread-safe.
 */
final class InFlight {

    private final int places;
    private int taken;
    private int unanswered;
    private boolean draining;
    private volatile boolean cut;

    InFlight(int places) {
        this.places = places;
    }

    /** A request has come. */
    synchronized void begin() {
        unanswered++;
    }

    /** Its answer is written, or never will be. */
    synchronized void end() {
        unanswered--;
        notifyAll();
    }

    /**
     * Takes a place, which must be given back by {@link #leave}.
     *
     * @throws Refusal if there is none, or the server is about to end
     */
    synchronized void enter() {
        if (draining) {
            throw Refusal.draining();
        }
        if (taken == places) {
            throw Refusal.busy(places + " requests are in flight, and no more are taken", "try again");
        }
        taken++;
    }

    synchronized void leave() {
        taken--;
        notifyAll();
    }

    synchronized int count() {
        return taken;
    }

    synchronized boolean draining() {
        return draining;
    }

    /** Whether what is in flight is to end now, done or not. */
    boolean cut() {
        return cut;
    }

    /**
     * From now on nobody enters. Waits until all have left, and tells those who have not in time to do so.
     *
     * @param patience how long to wait for those who work
     * @param lastWords how long to wait then for their last answers to be written
     */
    synchronized void drain(Duration patience, Duration lastWords) throws InterruptedException {
        draining = true;
        await(() -> taken == 0, patience);
        cut = true;
        await(() -> unanswered == 0, lastWords);
    }

    /** Waits for a condition that {@link #notifyAll} tells of, so long at most. */
    private void await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); left > 0 && !condition.getAsBoolean(); ) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }
}
