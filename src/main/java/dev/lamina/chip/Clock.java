package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.sim.Inference;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/*
 * Samples wait in `waiting`, are ticked out one after the other, and stand in `inFlight`, in that order, until the
 * readout is done with their last time step. `credit` counts the batches that may still be sent: sent batches and
 * credit always add up to the chip's credit, which is what makes a stage's ring of reusable batches safe.
 *
 * When the pipeline is lost, `inFlight` goes back to the front of `waiting` and everything is ticked out again once
 * the new pipeline is there. Messages of the old one carry its attempt number and are dropped.
 */
/** The actor that beats time: it admits time steps into the pipeline as far as its credit goes. */
final class Clock extends AbstractBehavior<Clock.Command> {

    /** How often a sample is tried before it is given up: it may be the sample that breaks the pipeline. */
    static final int MAX_ATTEMPTS = 3;

    /** What a clock can be told. */
    sealed interface Command {}

    /** Run a sample for {@code timesteps} and tell {@code replyTo}. */
    record Submit(Sample sample, int timesteps, long seed, ActorRef<Outcome> replyTo) implements Command {}

    /** A batch of time steps has left the readout. */
    record TickDone(Stamp stamp) implements Command {}

    /** A sample has left the readout. */
    record SampleDone(Stamp stamp, Inference inference) implements Command {}

    /** A new pipeline is there. */
    record PipelineReady(int attempt, ActorRef<InputLayer.Tick> input) implements Command {}

    /** A stage of the pipeline has failed; all that was in it is gone. */
    record PipelineLost(Throwable cause) implements Command {}

    /** What became of a sample. */
    sealed interface Outcome {}

    /** The sample was simulated. */
    record Simulated(Inference inference) implements Outcome {}

    /** The sample was given up. */
    record GivenUp(int sample, Throwable cause) implements Outcome {}

    private static final class Entry {
        private final Submit order;
        private int attempts;

        private Entry(Submit order) {
            this.order = order;
        }
    }

    private final int burst;
    private final int maxCredit;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private final ArrayDeque<Entry> inFlight = new ArrayDeque<>();
    private @Nullable ActorRef<InputLayer.Tick> input;
    private int attempt;
    private int credit;
    private long sent;
    /** The sample that is being ticked out, the last of {@code inFlight}, and its next time step. */
    private @Nullable Entry current;

    private int nextTick;

    private Clock(ActorContext<Command> context, int burst, int credit) {
        super(context);
        this.burst = burst;
        this.maxCredit = credit;
    }

    static Behavior<Command> create(int burst, int credit) {
        return Behaviors.setup(context -> new Clock(context, burst, credit));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(TickDone.class, this::onTickDone)
                .onMessage(SampleDone.class, this::onSampleDone)
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(PipelineReady.class, this::onPipelineReady)
                .onMessage(PipelineLost.class, this::onPipelineLost)
                .build();
    }

    private Behavior<Command> onSubmit(Submit submit) {
        waiting.add(new Entry(submit));
        return advance();
    }

    private Behavior<Command> onTickDone(TickDone done) {
        if (done.stamp().attempt() == attempt) {
            credit++;
        }
        return advance();
    }

    private Behavior<Command> onSampleDone(SampleDone done) {
        if (done.stamp().attempt() == attempt) {
            Entry entry = inFlight.remove();
            assert entry.order.sample().index() == done.stamp().sample() : "samples leave in the order they came";
            entry.order.replyTo().tell(new Simulated(done.inference()));
        }
        return this;
    }

    private Behavior<Command> onPipelineReady(PipelineReady ready) {
        input = ready.input();
        attempt = ready.attempt();
        credit = maxCredit;
        sent = 0;
        return advance();
    }

    private Behavior<Command> onPipelineLost(PipelineLost lost) {
        input = null;
        attempt = -1;
        credit = 0;
        current = null;
        for (Iterator<Entry> last = inFlight.descendingIterator(); last.hasNext(); ) {
            Entry entry = last.next();
            if (entry.attempts < MAX_ATTEMPTS) {
                waiting.addFirst(entry);
            } else {
                entry.order.replyTo().tell(new GivenUp(entry.order.sample().index(), lost.cause()));
            }
        }
        inFlight.clear();
        return this;
    }

    private Behavior<Command> advance() {
        while (input != null && credit > 0 && (current != null || !waiting.isEmpty())) {
            if (current == null) {
                current = waiting.remove();
                current.attempts++;
                inFlight.add(current);
                nextTick = 0;
            }
            Submit order = current.order;
            int ticks = Math.min(burst, order.timesteps() - nextTick);
            Stamp stamp = new Stamp(
                    order.sample().index(), attempt, nextTick, ticks, order.timesteps(), (int) (sent++ % maxCredit));
            input.tell(new InputLayer.Tick(stamp, order.sample(), order.seed()));
            credit--;
            nextTick += ticks;
            if (stamp.last()) {
                current = null;
            }
        }
        return this;
    }
}
