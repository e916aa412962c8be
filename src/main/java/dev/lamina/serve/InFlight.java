package dev.lamina.serve;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/*
 * A change of the model has a place of its own, so that a trainer's push is let in however much work there is. There is
 * one, so the memory for laying out a model beside the one that runs is needed once. Who finds it taken is told so at
 * once, and not kept waiting: a thread and a connection would hang on how fast somebody else sends a gigabyte.
 */
/**
 * The requests in flight. All are counted until their answer is written; those that are work hold one of so many
 * places until then or a little less, and one that changes the model holds a place that is none of those. Thread-safe.
 */
final class InFlight {

    /** What a request holds while it is served. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private final Places work;
    private final Places changes = new Places(1, "another model is just being put in place");
    private int unanswered;
    private boolean draining;
    private volatile boolean cut;

    /** @param requests places for work, at least 1 */
    InFlight(int requests) {
        work = new Places(requests, requests + " requests are in flight, and no more are taken");
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
     * Takes a place for a request, if one of its kind needs any.
     *
     * @throws Refusal if it does and there is none, or the server is about to end
     */
    synchronized Place enter(Route.Kind kind) {
        return switch (kind) {
            case OPEN, QUICK -> () -> {};
            case WORK -> enter(work);
            case CHANGE -> enter(changes);
        };
    }

    private Place enter(Places places) {
        if (draining) {
            throw Refusal.draining();
        }
        places.take();
        return () -> leave(places);
    }

    private synchronized void leave(Places places) {
        places.taken--;
        notifyAll();
    }

    /** How many hold a place. */
    synchronized int count() {
        return work.taken + changes.taken;
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
        await(() -> count() == 0, patience);
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

    /** Places of one sort. Guarded by the requests in flight. */
    private static final class Places {

        private final int all;
        private final String busy;
        private int taken;

        Places(int all, String busy) {
            this.all = all;
            this.busy = busy;
        }

        void take() {
            if (taken == all) {
                throw Refusal.busy(busy, "try again");
            }
            taken++;
        }
    }
}
