package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void everyTaskIsDoneOnce() {
        AtomicIntegerArray done = new AtomicIntegerArray(100);

        Workers.run(3, 100, done::incrementAndGet);

        for (int i = 0; i < 100; i++) {
            assertEquals(1, done.get(i));
        }
    }

    @Test
    void whatATaskThrowsIsThrown() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Workers.run(2, 10, task -> {
                    throw new IllegalArgumentException("task");
                }));

        assertEquals("task", e.getMessage());
    }

    @Test
    void interruptEndsTheWaiting() {
        Thread.currentThread().interrupt();

        // Tasks that were done at once would leave nothing to wait for.
        assertThrows(
                IllegalStateException.class, () -> Workers.run(2, 1000, task -> LockSupport.parkNanos(100_000_000)));

        assertTrue(Thread.interrupted());
    }
}
