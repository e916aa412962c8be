package dev.lamina.serve;

import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;

/** The samples that a server holds at a time, so many at most. Thread-safe. */
final class SampleBudget {

    private final int size;
    private final Semaphore free;

    SampleBudget(int size) {
        this.size = size;
        free = new Semaphore(size);
    }

    int size() {
        return size;
    }

    /** Samples that could still be taken on. */
    int left() {
        return free.availablePermits();
    }

    /** A share for one request; none of the budget yet. */
    Share share() {
        return new Share();
    }

    /** What one request holds, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private int held;

        private Share() {}

        /**
         * Takes on more samples.
         *
         * @throws Refusal if there is no room for them now
         */
        void take(int samples) {
            if (!free.tryAcquire(samples)) {
                throw Refusal.busy(
                        "of the " + size + " samples that are held at a time, fewer than " + samples + " are free",
                        "try again");
            }
            held += samples;
        }

        /**
         * Takes on one more.
         *
         * @param before how many of the request were taken before
         * @throws Refusal if there is no room for it, now or ever
         */
        void takeOne(int before) {
            if (before == size) {
                throw new Refusal(
                        HttpStatus.PAYLOAD_TOO_LARGE_413,
                        "more than " + size + " samples",
                        "the body",
                        "send fewer at a time");
            }
            take(1);
        }

        @Override
        public void close() {
            free.release(held);
            held = 0;
        }
    }
}
