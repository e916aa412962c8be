package dev.lamina.fuzz;

import com.sun.management.ThreadMXBean;
import dev.lamina.io.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;

/*
 * What a thread has allocated is exact and costs nothing to ask. It counts garbage too, so the limit is far above what is
 * alive at any time; it is there to catch a length that was believed, and texts that grow by doubling.
 */
/**
 * What holds for every input of every parser: it becomes a value, or an {@link InputException} of one line; and what is
 * allocated on the way is at most {@value #ALLOCATED} bytes and {@value #ALLOCATED_PER_BYTE} for each byte of the input.
 */
public final class FuzzProperty {

    private static final long ALLOCATED = 24 << 20;
    private static final long ALLOCATED_PER_BYTE = 3 << 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzProperty() {}

    /**
     * Gives an input to a parser.
     *
     * @return whether the parser accepted it
     * @throws AssertionError if the property does not hold; whatever else the parser throws comes through
     */
    public static boolean check(FuzzTarget target, byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean accepted = accepts(target, input);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > limit(input)) {
            // The first time, classes may have been loaded on the way.
            before = THREADS.getCurrentThreadAllocatedBytes();
            accepts(target, input);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated > limit(input)) {
                throw new AssertionError(allocated + " bytes were allocated for an input of " + input.length);
            }
        }
        return accepted;
    }

    private static long limit(byte[] input) {
        return ALLOCATED + ALLOCATED_PER_BYTE * input.length;
    }

    private static boolean accepts(FuzzTarget target, byte[] input) {
        try {
            target.parse(input);
            return true;
        } catch (InputException e) {
            String message = String.valueOf(e.getMessage());
            if (message.lines().count() != 1) {
                throw new AssertionError("a complaint that is not one line: " + message, e);
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
