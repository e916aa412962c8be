package dev.lamina.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share out numbered tasks, each limited to one core by the tensor library. */
final class Workers {

    private Workers() {}

    /**
     * Runs the tasks 0 to {@code tasks - 1}, in no particular order, and waits for them.
     *
     * @throws RuntimeException what a task threw; the others are then ended after the task they are at
     * @throws IllegalStateException if the calling thread is interrupted; its flag stays set
     */
    static void run(int threads, int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    TensorLibrary.useThreads(1);
                    for (int n = next.getAndIncrement(); n < tasks; n = next.getAndIncrement()) {
                        task.accept(n);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before all was computed", e);
        } finally {
            // Tasks use tensors of the caller, which must not go before they are done.
            next.set(tasks);
            pool.shutdown();
            waitFor(pool);
        }
    }

    private static void waitFor(ExecutorService pool) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
