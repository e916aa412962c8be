package dev.lamina.serve;

import dev.lamina.serve.Work.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/*
 * One thread, the request's, gives samples to the chip and writes their answers, in the order of the samples. It
 * gives only while fewer than `window` are unwritten. When the reader does not read, the thread waits in writing, and
 * so nothing is given: what a slow reader costs is its window, its lines, and this thread.
 */
/** The answers to the samples of one request, line by line as they come. For one thread. */
final class AnswerStream {

    /**
     * A sample to run.
     *
     * @param index its index
     * @param begun what becomes of it
     */
    record Flying(int index, CompletableFuture<Outcome> begun) {}

    /** How often a thread that waits for the chip looks whether it still runs, in nanoseconds. */
    private static final long LOOK_UP = TimeUnit.MILLISECONDS.toNanos(250);

    private final Lines lines;
    private final AnswerLine line;
    private final int window;
    private final InFlight inFlight;
    private final LongSupplier left;
    private final BooleanSupplier running;
    private final ArrayDeque<Flying> flying = new ArrayDeque<>();

    /**
     * A stream of no answers yet.
     *
     * @param out writes bytes, and waits until they are on their way
     * @param left tells how much time is left, in nanoseconds
     * @param line how an answer is written
     * @param window samples that may be unwritten, at least 1
     * @param inFlight tells when it is time to end
     * @param running tells whether the chip runs
     */
    AnswerStream(
            Consumer<ByteBuffer> out,
            LongSupplier left,
            AnswerLine line,
            int window,
            InFlight inFlight,
            BooleanSupplier running) {
        this.lines = new Lines(out);
        this.left = left;
        this.line = line;
        this.window = window;
        this.inFlight = inFlight;
        this.running = running;
    }

    /**
     * Runs all samples and writes their answers; of those that were not answered in time it says so, in a last line.
     *
     * @param samples gives each to the chip when it is asked for it
     * @throws ClientLost if the reader is gone
     */
    void run(Iterator<Flying> samples) {
        Optional<String> end = Optional.empty();
        while (end.isEmpty() && (samples.hasNext() || !flying.isEmpty())) {
            while (flying.size() < window && samples.hasNext()) {
                flying.add(samples.next());
            }
            end = writeNext();
        }
        end.ifPresent(message -> lines.add(AnswerLine.error(message)));
        lines.flush();
    }

    /** Completes when the chip is done with what was given to it and not written. */
    CompletableFuture<Void> done() {
        return CompletableFuture.allOf(flying.stream().map(Flying::begun).toArray(CompletableFuture<?>[]::new));
    }

    /** Writes the answer to the oldest sample; returns why there will be no more, if so. */
    private Optional<String> writeNext() {
        Flying next = flying.element();
        if (!next.begun().isDone()) {
            lines.flush();
        }
        Optional<Outcome> outcome = await(next);
        if (inFlight.cut()) {
            return Optional.of("the server is about to end: sample " + next.index() + ": ask for it again later");
        }
        if (outcome.isEmpty()) {
            return Optional.of(
                    running.getAsBoolean()
                            ? "the request took too long: sample " + next.index() + ": ask for fewer samples at a time"
                            : "the chip has ended: sample " + next.index() + ": start the server anew");
        }
        flying.remove();
        lines.add(line.of(next.index(), outcome.get()));
        return Optional.empty();
    }

    /** What became of a sample; empty if the request's or the server's time is over, or nothing will become of it. */
    private Optional<Outcome> await(Flying sample) {
        try {
            while (true) {
                long wait = Math.max(0, left.getAsLong());
                try {
                    return Optional.of(sample.begun().get(Math.min(wait, LOOK_UP), TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    if (wait <= LOOK_UP || inFlight.cut() || !running.getAsBoolean()) {
                        return Optional.empty();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
