package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/*
 * Pipelines overtake each other. What became of a sample waits in `early` until all samples before it were handed on.
 * Never more than `ahead` samples are submitted but not handed on, so `early` is bounded by that, however slow one
 * pipeline may be: the others then stand still.
 */
/** The actor of one run: it keeps the clock supplied with samples and hands their results on, in order. */
final class Run extends AbstractBehavior<Run.Command> {

    /** What a run can be told. */
    sealed interface Command {}

    /** What became of a sample. */
    record Heard(Clock.Outcome outcome) implements Command {}

    /** Submit no more samples; finish when those in flight are done. */
    enum Cancel implements Command {
        INSTANCE
    }

    private final RunOrder order;
    private final ActorRef<Clock.Command> clock;
    private final ActorRef<Clock.Outcome> outcomes;
    private final CompletableFuture<Integer> finished;
    private final Map<Integer, Clock.Outcome> early = new HashMap<>();
    private int submitted;
    private int done;
    private int end;
    /** What the source threw; the run ends with it after the samples before. */
    private @Nullable Throwable unreadable;

    private Run(
            ActorContext<Command> context,
            RunOrder order,
            int ahead,
            ActorRef<Clock.Command> clock,
            CompletableFuture<Integer> finished) {
        super(context);
        this.order = order;
        this.clock = clock;
        this.finished = finished;
        this.outcomes = context.messageAdapter(Clock.Outcome.class, Heard::new);
        this.end = order.samples().length;
        for (int i = 0; i < ahead; i++) {
            submitNext();
        }
    }

    /**
     * Samples to have submitted at a time, so that the clock never waits for one: for each pipeline what fits in
     * flight, and the next; and as many again for all pipelines but one, which may be done with theirs before it is.
     */
    static int ahead(RunOrder order, ChipSettings settings) {
        int messages = (order.timesteps() + settings.burst() - 1) / settings.burst();
        int inPipeline = (settings.credit() + messages - 1) / messages + 1;
        return inPipeline * (2 * settings.pipelines() - 1);
    }

    /**
     * A run.
     *
     * @param finished completes with the number of samples done, or with the exception that ended the run
     */
    static Behavior<Command> create(
            RunOrder order, ChipSettings settings, ActorRef<Clock.Command> clock, CompletableFuture<Integer> finished) {
        return Behaviors.setup(
                context -> new Run(context, order, ahead(order, settings), clock, finished).finishedIfDone());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Cancel.class, cancel -> onCancel())
                .build();
    }

    private Behavior<Command> onHeard(Heard heard) {
        early.put(heard.outcome().position(), heard.outcome());
        for (Clock.Outcome next = early.remove(done); next != null; next = early.remove(done)) {
            if (!handOn(next)) {
                return Behaviors.stopped();
            }
            done++;
            submitNext();
        }
        return finishedIfDone();
    }

    /** Whether the run goes on after it. */
    private boolean handOn(Clock.Outcome outcome) {
        try {
            if (outcome instanceof Clock.GivenUp givenUp) {
                order.givenUp().accept(new GivenUpSample(givenUp.sample(), Clock.MAX_ATTEMPTS, givenUp.cause()));
            } else if (outcome instanceof Clock.Simulated simulated) {
                order.listener().accept(simulated.answer());
            }
        } catch (RuntimeException | Error e) {
            finished.completeExceptionally(e);
            return false;
        }
        return true;
    }

    private Behavior<Command> onCancel() {
        end = submitted;
        return finishedIfDone();
    }

    private Behavior<Command> finishedIfDone() {
        if (done < end) {
            return this;
        }
        if (unreadable == null) {
            finished.complete(done);
        } else {
            finished.completeExceptionally(unreadable);
        }
        return Behaviors.stopped();
    }

    private void submitNext() {
        if (submitted < end) {
            int index = order.samples()[submitted];
            try {
                Sample sample = new Sample(index, order.source().apply(index));
                clock.tell(new Clock.Submit(submitted, sample, order.timesteps(), order.seed(), outcomes));
                submitted++;
            } catch (RuntimeException | Error e) {
                end = submitted;
                unreadable = e;
            }
        }
    }
}
