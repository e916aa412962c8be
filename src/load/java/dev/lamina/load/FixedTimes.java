package dev.lamina.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Times at a fixed distance, whatever happens between them. Who is late goes on at once, and has been waiting since the time that
 * was due. For one thread.
 */
final class FixedTimes {

    private final long distance;
    private long due = System.nanoTime();

    FixedTimes(Duration distance) {
        this.distance = distance.toNanos();
    }

    /** Counts from now on anew: who was told to come again later does not ask for all that was due meanwhile. */
    void restart() {
        due = System.nanoTime();
    }

    /** Waits for the next time; returns it, by {@link System#nanoTime}. */
    long await() {
        due += distance;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }
}
