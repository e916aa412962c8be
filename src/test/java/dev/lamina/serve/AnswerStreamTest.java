package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.chip.GivenUpSample;
import dev.lamina.serve.AnswerStream.Flying;
import dev.lamina.serve.Work.GivenUp;
import dev.lamina.serve.Work.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A stream of answers feeds its samples only as far as they are read. */
final class AnswerStreamTest {

    private static final int SAMPLES = 5000;
    private static final int WINDOW = 16;

    /** What the buffer of lines holds, at least 60 bytes a line. */
    private static final int BUFFERED = (1 << 14) / 60;

    private final AtomicInteger begun = new AtomicInteger();

    private Iterator<Flying> samples() {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> {
                    begun.incrementAndGet();
                    Outcome outcome = new GivenUp(new GivenUpSample(i, 3, new IllegalStateException()));
                    return new Flying(i, CompletableFuture.completedFuture(outcome));
                })
                .iterator();
    }

    private static AnswerStream stream(Consumer<ByteBuffer> out) {
        return new AnswerStream(
                out,
                () -> Long.MAX_VALUE,
                new AnswerLine(sample -> OptionalInt.empty(), false),
                WINDOW,
                new InFlight(1),
                () -> true);
    }

    @Test
    void noMoreSamplesAreBegunThanAreReadAndAWindow() {
        AtomicInteger read = new AtomicInteger();
        Consumer<ByteBuffer> reader = piece -> {
            assertTrue(
                    begun.get() <= read.get() + WINDOW + BUFFERED, () -> begun + " begun when " + read + " were read");
            String text = StandardCharsets.UTF_8.decode(piece).toString();
            assertTrue(text.endsWith("\n"), "whole lines");
            read.addAndGet((int) text.lines().count());
        };
        stream(reader).run(samples());
        assertEquals(SAMPLES, read.get());
        assertEquals(SAMPLES, begun.get());
    }

    @Test
    void aReaderThatIsGoneEndsTheStream() {
        Consumer<ByteBuffer> gone = piece -> {
            throw new ClientLost(new IOException("gone"));
        };
        assertThrows(ClientLost.class, () -> stream(gone).run(samples()));
        assertTrue(begun.get() <= WINDOW + BUFFERED, begun + " begun");
    }
}
