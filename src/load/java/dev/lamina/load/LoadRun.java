package dev.lamina.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many clients and one trainer at work, each on a thread of its own, until the load goes on no more. For one thread. */
final class LoadRun {

    /** What is pushed in turn. A server of the quickstart configuration runs the last one to begin with. */
    static final List<Path> MODELS =
            List.of(Path.of("models/lenet5-mnist.safetensors"), Path.of("models/lenet5-digits.safetensors"));

    private final List<Thread> threads = new ArrayList<>();

    /** Starts them. */
    LoadRun(Load load, int clients, Duration push) {
        for (int i = 0; i < clients; i++) {
            threads.add(thread(load, new Client(load, Kind.of(i, clients), i)));
        }
        threads.add(thread(load, new Pusher(load, MODELS, push)));
        threads.forEach(Thread::start);
    }

    private static Thread thread(Load load, Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, e) -> load.tally().error("a client died: " + e));
        return thread;
    }

    /** Waits until all of them have the answer to their last request. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
