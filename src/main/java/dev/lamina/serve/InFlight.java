package dev.lamina.serve;

import java.time.Duration;

/** The requests that are worked on, so many at most; it knows when the last has left. Thread-safe. */
final class InFlight {

    private final int places;
    private int taken;
    private boolean draining;
    private volatile boolean cut;

    InFlight(int places) {
        this.places = places;
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

    /** From now on nobody enters. Waits until all have left; those who have not in time are told to. */
    synchronized void drain(Duration patience) throws InterruptedException {
        draining = true;
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); taken > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        cut = true;
    }
}
