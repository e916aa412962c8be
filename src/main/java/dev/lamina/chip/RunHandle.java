package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A run that was started. Thread-safe. */
public final class RunHandle {

    private final CompletableFuture<ActorRef<Run.Command>> run;
    private final CompletableFuture<Integer> finished;

    RunHandle(CompletableFuture<ActorRef<Run.Command>> run, CompletableFuture<Integer> finished) {
        this.run = run;
        this.finished = finished;
    }

    /** Asks the run to end with the samples that it has begun. */
    public void cancel() {
        CompletableFuture<Void> unused = run.thenAccept(actor -> actor.tell(Run.Cancel.INSTANCE));
    }

    /**
     * Waits until the run is finished.
     *
     * @return the number of samples done: all, or fewer if it was cancelled
     * @throws ChipException if a sample failed again and again, or the chip was closed or failed
     * @throws RuntimeException what the order's source or listener threw
     * @throws Error the same
     */
    public int join() {
        try {
            return finished.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
