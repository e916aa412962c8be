package dev.lamina.train;

import org.bytedeco.javacpp.Pointer;

/** The physical memory that the process gains while something runs: the most at any of many looks. */
final class ResidentMemory {

    private static final long BETWEEN_LOOKS_MILLIS = 2;

    private ResidentMemory() {}

    /** Runs something, and gives the most bytes that it added to what the process held before, Java's heap included. */
    static long gain(Runnable action) {
        System.gc();
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
