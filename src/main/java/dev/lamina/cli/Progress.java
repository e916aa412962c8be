package dev.lamina.cli;

import dev.lamina.report.Quantity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is: a bar with the time left on a terminal, a line every half minute elsewhere; always on standard
 * error. Thread-safe.
 */
final class Progress implements AutoCloseable {

    private static final long LINE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int WIDTH = 100;
    /** Columns of the terminal that standard error is, 0 if it is none; the launcher tells, for Java cannot. */
    private static final int COLUMNS = Math.max(0, Integer.getInteger("lamina.terminal", 0));

    private final String task;
    private final long all;
    private final long first;
    private final long start = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong lastLine = new AtomicLong(System.nanoTime());

    /** The progress of {@code all} steps of a task. */
    Progress(String task, long all) {
        this(task, all, 0);
    }

    /** The same, with {@code first} steps done before. */
    Progress(String task, long all, long first) {
        this.task = task;
        this.all = all;
        this.first = first;
        this.bar = terminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(all)
                        .startsFrom(first, Duration.ZERO)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setMaxRenderedLength(width())
                        .setUpdateIntervalMillis(200)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, width()))
                        .build()
                : null;
    }

    /** Whether standard error is a terminal. */
    static boolean terminal() {
        return COLUMNS > 0;
    }

    /** A bar as wide as the terminal would be wrapped by some. */
    private static int width() {
        return Math.min(WIDTH, Math.max(1, COLUMNS - 1));
    }

    /** One more step is done. */
    void step() {
        show(done.incrementAndGet(), "");
    }

    /** So many steps are done. */
    void to(long steps, String note) {
        done.set(steps);
        show(steps, note);
    }

    private void show(long steps, String note) {
        if (bar != null) {
            // Another thread may have come further meanwhile.
            bar.stepTo(done.get());
            bar.setExtraMessage(note);
            return;
        }
        long now = System.nanoTime();
        long last = lastLine.get();
        if (now - last > LINE_NANOS && lastLine.compareAndSet(last, now)) {
            Say.line("%s: %,d of %,d%s%s", task, steps, all, note.isEmpty() ? "" : ", " + note, left(steps, now));
        }
    }

    private String left(long steps, long now) {
        if (steps <= first || steps >= all) {
            return "";
        }
        double seconds = (now - start) / 1e9 / (steps - first) * (all - steps);
        return ", " + Quantity.duration(seconds) + " left";
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
