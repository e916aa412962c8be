package dev.lamina.chip;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The runs that a chip owes an end: each gets one, also where the chip ends before it. Thread-safe. */
final class OpenRuns {

    private final Set<CompletableFuture<Integer>> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private volatile boolean ended;

    /** A run was started; {@code finished} is completed with its end, at the latest with the chip's. */
    @SuppressWarnings("CollectionUndefinedEquality") // of one and the same run
    void add(CompletableFuture<Integer> finished) {
        open.add(finished);
        CompletableFuture<Integer> unused = finished.whenComplete((done, cause) -> open.remove(finished));
        if (ended) {
            end();
        }
    }

    /** The chip is about to end because it is closed. */
    void closing() {
        closed = true;
    }

    /** The chip is about to end because of {@code cause}. */
    void failing(Throwable cause) {
        failure = cause;
    }

    /** The chip has ended. */
    void end() {
        ended = true;
        for (CompletableFuture<Integer> run : open) {
            run.completeExceptionally(
                    closed && failure == null
                            ? new ChipException("the chip was closed during a run", null)
                            : new ChipException("the chip failed during a run", failure));
        }
    }
}
