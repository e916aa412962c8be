package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Samples are ticked out one after the other, and stand in `inFlight`, in that order, until the readout is done with
 * their last time step. `credit` counts the batches that may still be sent: sent batches and credit always add up to
 * the pipeline's credit, which is what makes a stage's ring of reusable batches safe.
 */
/** A pipeline as the clock sees it: its free credit and the samples in flight in it. */
final class Lane {

    /** A sample on its way through the chip. */
    static final class Entry {
        private final Clock.Submit order;
        private long pass;
        private int failures;

        Entry(Clock.Submit order) {
            this.order = order;
        }

        Clock.Submit order() {
            return order;
        }

        /** Its last pass through a pipeline. */
        long pass() {
            return pass;
        }

        /** It may have been what broke a pipeline; returns how often it may have been so far. */
        int blame() {
            return ++failures;
        }
    }

    private final int pipeline;
    private final int burst;
    private final int maxCredit;
    private final ArrayDeque<Entry> inFlight = new ArrayDeque<>();
    private @Nullable ActorRef<InputLayer.Command> input;
    private int attempt = -1;
    private int credit;
    private long sent;
    /** Batches that have left the pipeline, and how many had when somebody last looked. */
    private long left;

    private long leftWhenLooked = -1;
    /** A pipeline without progress, until its batches have left it after all. */
    private boolean wedged;
    /** The sample that is being ticked out, the last of {@code inFlight}, and its next time step. */
    private @Nullable Entry current;
    /** The version that the pipeline's stages turn to, or have turned to. */
    private @Nullable ModelVersion model;

    private int nextTick;

    /** The lane of a pipeline that is not there yet. */
    Lane(int pipeline, int burst, int credit) {
        this.pipeline = pipeline;
        this.burst = burst;
        this.maxCredit = credit;
    }

    /** A pipeline is there, empty, built for {@code model}. */
    void open(int attempt, ModelVersion model, ActorRef<InputLayer.Command> input) {
        this.attempt = attempt;
        this.model = model;
        this.input = input;
        credit = maxCredit;
        sent = 0;
        wedged = false;
    }

    /** The pipeline is gone with all that was in it: the samples given back, in the order in which they were begun. */
    List<Entry> close() {
        List<Entry> lost = List.copyOf(inFlight);
        inFlight.clear();
        current = null;
        input = null;
        model = null;
        attempt = -1;
        credit = 0;
        wedged = false;
        return lost;
    }

    /** Whether the pipeline has samples and no batch has left it since this was last asked. */
    boolean stalled() {
        boolean stalled = !inFlight.isEmpty() && left == leftWhenLooked;
        leftWhenLooked = inFlight.isEmpty() ? -1 : left;
        return stalled;
    }

    /** Gives the pipeline up for the time being: the samples given back, in the order in which they were begun. */
    List<Entry> wedge() {
        List<Entry> lost = List.copyOf(inFlight);
        inFlight.clear();
        current = null;
        wedged = true;
        return lost;
    }

    int pipeline() {
        return pipeline;
    }

    /** Whether the pipeline is given up for the time being. */
    boolean isWedged() {
        return wedged;
    }

    /** Whether a message is from the pipeline that is there now. */
    boolean isFromHere(Stamp stamp) {
        return stamp.attempt() == attempt;
    }

    /** The batches that a new sample could send at once; 0 while another sample is being ticked out. */
    int room() {
        return current == null && !wedged ? credit : 0;
    }

    /** Begins a pass of a sample, which {@code model} computes; there must be room. */
    void begin(Entry entry, long pass, ModelVersion model) {
        this.model = model;
        entry.pass = pass;
        inFlight.add(entry);
        current = entry;
        nextTick = 0;
        tickOut();
    }

    /** Has the stages turn to {@code model} if they are at another, unless a sample is being ticked out, which they must finish first. */
    void adopt(ModelVersion model) {
        if (input != null
                && this.model != null
                && this.model.number() != model.number()
                && current == null
                && !wedged) {
            this.model = model;
            input.tell(new Adopt(model));
        }
    }

    /** A batch has left the pipeline. When all have that a wedged one had, it is as good as new. */
    void batchLeft() {
        credit++;
        left++;
        wedged = wedged && credit < maxCredit;
        tickOut();
    }

    /** A sample has left the pipeline, in the order in which it came; null if this pass was given up. */
    @Nullable
    Entry sampleLeft(Stamp stamp) {
        Entry first = inFlight.peek();
        return first == null || first.pass != stamp.pass() ? null : inFlight.remove();
    }

    private void tickOut() {
        while (input != null && credit > 0 && current != null && model != null) {
            Clock.Submit order = current.order;
            int ticks = Math.min(burst, order.timesteps() - nextTick);
            int slot = (int) (sent++ % maxCredit);
            Stamp stamp = new Stamp(
                    current.pass,
                    order.sample().index(),
                    model,
                    pipeline,
                    attempt,
                    nextTick,
                    ticks,
                    order.timesteps(),
                    slot);
            input.tell(new InputLayer.Tick(stamp, order.sample(), order.seed()));
            credit--;
            nextTick += ticks;
            if (stamp.last()) {
                current = null;
            }
        }
    }
}
