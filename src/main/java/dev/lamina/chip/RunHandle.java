package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run that was started. Thread-safe. */
public final class RunHandle {

    private final CompletableFuture<ActorRef<Run.Command>> run;
    private final CompletableFuture<Integer> finished;

    RunHandle(CompletableFuture<ActorRef<Run.Command>> run, CompletableFuture<Integer> finished) {
        this.run = run;
        this.finished = finished;
    }

    /**
     * Waits for the run, but not for ever.
     *
     * @return whether the run is over, one way or another
     */
    public boolean await(long milliseconds) {
        try {
            finished.handle((done, failure) -> true).get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a handled future does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            return false;
        }
    }

    /** Asks the run to end with the samples that it has begun. */
    public void cancel() {
        CompletableFuture<Void> unused = run.thenAccept(actor -> actor.tell(Run.Cancel.INSTANCE));
    }

    /**
     * Waits until the run is finished.
     *
     * @return the number of samples done: all, or fewer if it was cancelled
     * @throws ChipException if a sample failed again and again, or the chip was closed
     * @throws RuntimeException what the order's source or listener threw
     */
    public int join() {
        try {
            return finished.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
