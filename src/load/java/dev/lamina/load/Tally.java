package dev.lamina.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What has happened so far. Thread-safe. */
final class Tally {

    /** Messages that are kept; the others are counted. */
    private static final int KEPT = 20;

    private final Map<Kind, LongAdder> answered = new EnumMap<>(Kind.class);
    private final LongAdder refused = new LongAdder();
    private final LongAdder samples = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();

    Tally() {
        for (Kind kind : Kind.values()) {
            answered.put(kind, new LongAdder());
        }
    }

    /** A request was answered. */
    void answered(Kind kind) {
        answered.get(kind).increment();
    }

    /** Samples were answered. */
    void samples(int count) {
        samples.add(count);
    }

    /** A request was told to come again. */
    void refused() {
        refused.increment();
    }

    /** Something went wrong. */
    void error(String message) {
        errors.increment();
        if (errors.sum() <= KEPT) {
            messages.add(message);
        }
    }

    long answers(Kind kind) {
        return answered.get(kind).sum();
    }

    long answers() {
        return answered.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long samples() {
        return samples.sum();
    }

    long refusals() {
        return refused.sum();
    }

    long errors() {
        return errors.sum();
    }

    /** What the first errors were. */
    List<String> messages() {
        return List.copyOf(messages);
    }
}
