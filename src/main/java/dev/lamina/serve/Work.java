package dev.lamina.serve;

import dev.lamina.chip.Answer;
import dev.lamina.chip.Chip;
import dev.lamina.chip.GivenUpSample;
import dev.lamina.chip.RunHandle;
import dev.lamina.chip.RunOrder;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chip as a server uses it: a sample goes in, what becomes of it comes out, and all of it is counted.
 * Thread-safe.
 */
final class Work {

    /** What became of a sample. */
    sealed interface Outcome {}

    /** The chip has answered. */
    record Answered(Answer answer) implements Outcome {}

    /** The chip has given it up. */
    record GivenUp(GivenUpSample sample) implements Outcome {}

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Chip chip;
    private final Metrics metrics;
    private final Counters counters;

    Work(Chip chip, Metrics metrics, Counters counters) {
        this.chip = chip;
        this.metrics = metrics;
        this.counters = counters;
    }

    Chip chip() {
        return chip;
    }

    /**
     * Gives a sample to the chip.
     *
     * @param index its index, part of the random numbers' counter
     * @param values its preprocessed values, in neuron order
     * @return completed on a thread of the chip's
     */
    CompletableFuture<Outcome> begin(int index, float[] values, int timesteps, long seed) {
        long begin = System.nanoTime();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        metrics.sampleBegun();
        RunHandle unused = chip.start(new RunOrder(
                new int[] {index},
                sample -> values,
                timesteps,
                seed,
                answer -> {
                    counters.add(answer.inference());
                    metrics.sampleAnswered(System.nanoTime() - begin);
                    outcome.complete(new Answered(answer));
                },
                sample -> {
                    LOG.warn("sample {} was given up after {} attempts", index, sample.attempts(), sample.cause());
                    metrics.sampleGivenUp();
                    outcome.complete(new GivenUp(sample));
                }));
        return outcome;
    }
}
