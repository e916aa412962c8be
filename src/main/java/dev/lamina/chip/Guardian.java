package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.sim.SpikeObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The root actor of a chip: it has the clock and the pipelines, and starts runs. */
final class Guardian extends AbstractBehavior<Guardian.Command> {

    /** What a guardian can be told. */
    sealed interface Command {}

    /** Start a run; {@code run} gets its actor. */
    record Start(RunOrder order, CompletableFuture<ActorRef<Run.Command>> run, CompletableFuture<Integer> finished)
            implements Command {}

    /** Compute samples that are begun from now on with this version. */
    record Swap(ModelVersion model) implements Command {}

    private final ChipSettings settings;
    private final ActorRef<Clock.Command> clock;
    private final List<ActorRef<Adopt>> pipelines = new ArrayList<>();
    private final OpenRuns runs;

    private Guardian(
            ActorContext<Command> context,
            ModelVersion model,
            ChipSettings settings,
            SpikeObserver observer,
            OpenRuns runs) {
        super(context);
        this.runs = runs;
        this.settings = settings;
        clock = context.spawn(Clock.create(settings, model), "clock");
        context.watch(clock);
        for (int i = 0; i < settings.pipelines(); i++) {
            pipelines.add(
                    context.spawn(Pipeline.create(i, model, settings.credit(), observer, clock), "pipeline-" + i));
            context.watch(pipelines.get(i));
        }
    }

    static Behavior<Command> create(ModelVersion model, ChipSettings settings, SpikeObserver observer, OpenRuns runs) {
        return Behaviors.setup(context -> new Guardian(context, model, settings, observer, runs));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Start.class, this::onStart)
                .onMessage(Swap.class, this::onSwap)
                .onSignal(ChildFailed.class, this::onChildFailed)
                .build();
    }

    private Behavior<Command> onStart(Start start) {
        start.run().complete(getContext().spawnAnonymous(Run.create(start.order(), settings, clock, start.finished())));
        return this;
    }

    private Behavior<Command> onSwap(Swap swap) {
        Adopt adopt = new Adopt(swap.model());
        clock.tell(adopt);
        pipelines.forEach(pipeline -> pipeline.tell(adopt));
        return this;
    }

    private Behavior<Command> onChildFailed(ChildFailed failed) {
        runs.failing(failed.cause());
        throw new IllegalStateException(
                "the chip's " + failed.getRef().path().name() + " failed, and what it knew is lost", failed.cause());
    }
}
