package dev.lamina.train;

import org.bytedeco.javacpp.Pointer;

/** The physical memory that the process gains while something runs: the most at any of many looks. */
final class ResidentMemory {

    private static final long BETWEEN_LOOKS_MILLIS = 2;
    /** For as long the process must not have changed by more than this to be at rest, and so long it is waited for. */
    private static final long REST_MILLIS = 200;

    private static final long REST_BYTES = 1 << 20;
    private static final long PATIENCE_MILLIS = 5_000;

    private ResidentMemory() {}

    /** Runs something, and gives the most bytes that it added to what the process held before, Java's heap included. */
    static long gain(Runnable action) {
        System.gc();
        rest();
        long before = Pointer.physicalBytes();
        Looks looks = new Looks(before);
        Thread thread = new Thread(looks, "resident memory");
        thread.setDaemon(true);
        thread.start();
        try {
            action.run();
        } finally {
            looks.ended = true;
        }
        return Math.max(looks.most, Pointer.physicalBytes()) - before;
    }

    /**
     * Waits until the heap has given back what the collection freed: Java does so in the background, and what it gives
     * back later would hide as much of the gain.
     */
    private static void rest() {
        long resting = Pointer.physicalBytes();
        long waited = 0;
        try {
            for (long rested = 0; rested < REST_MILLIS && waited < PATIENCE_MILLIS; waited += BETWEEN_LOOKS_MILLIS) {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
                long now = Pointer.physicalBytes();
                boolean changed = Math.abs(now - resting) > REST_BYTES;
                rested = changed ? 0 : rested + BETWEEN_LOOKS_MILLIS;
                resting = changed ? now : resting;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Looks implements Runnable {

        private volatile long most;
        private volatile boolean ended;

        Looks(long first) {
            most = first;
        }

        @Override
        public void run() {
            while (!ended) {
                most = Math.max(most, Pointer.physicalBytes());
                try {
                    Thread.sleep(BETWEEN_LOOKS_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }
}
