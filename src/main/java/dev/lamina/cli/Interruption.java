package dev.lamina.cli;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/*
 * The JVM answers Ctrl-C by running its shutdown hooks beside the threads at work, and halts when the hooks are done.
 * So our hook asks the command to stop and holds the door open until it has.
 */
/** Ctrl-C and SIGTERM: a command is asked to stop, and given the time to keep what it has done. */
final class Interruption {

    private static final int PATIENCE_SECONDS = 60;

    private static volatile boolean requested;
    private static volatile boolean ordinary;
    private static volatile int status;
    /** By {@link System#nanoTime}, when a budget of time is used up; absent without one. */
    private static volatile OptionalLong deadline = OptionalLong.empty();

    private static final Set<Runnable> LISTENERS = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch FINISHED = new CountDownLatch(1);

    private Interruption() {}

    /** From now on, Ctrl-C asks to stop. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(Interruption::hold, "interruption"));
    }

    /** Asks to stop when a budget of time is used up, as Ctrl-C would. */
    static void after(Duration budget) {
        deadline = OptionalLong.of(System.nanoTime() + budget.toNanos());
    }

    /** Whether the command was asked to stop. */
    static boolean requested() {
        return requested || (deadline.isPresent() && System.nanoTime() - deadline.getAsLong() >= 0);
    }

    /** Somebody who wants to be told at once; until closed. */
    interface Listener extends AutoCloseable {
        @Override
        void close();
    }

    /** Has {@code action} run, on another thread, when the command is asked to stop. */
    static Listener listen(Runnable action) {
        LISTENERS.add(action);
        if (requested) {
            action.run();
        }
        return () -> LISTENERS.remove(action);
    }

    /** An interruption is how the command is meant to end: the process then ends with the command's exit status. */
    static void isTheOrdinaryEnd() {
        ordinary = true;
    }

    /** The command has ended with an exit status. */
    static void finished(int exitStatus) {
        status = exitStatus;
        FINISHED.countDown();
    }

    private static void hold() {
        requested = true;
        LISTENERS.forEach(Runnable::run);
        try {
            boolean inTime = FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("lamina: stopped without waiting any longer");
            } else if (ordinary) {
                // A signal's exit status, 128 and more, can only be changed this way.
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
