package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.network.Projection;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.collections.api.list.ImmutableList;

/*
 * The stages of a pipeline live and die together. A failed stage has lost the state of the samples that it was in the
 * midst of, so its neighbours' state of them is worthless too; a new pipeline is cheap, for the synapses are shared.
 */
/** The root actor of a chip: it builds the pipeline, builds it anew when a stage fails, and starts runs. */
final class Guardian extends AbstractBehavior<Guardian.Command> {

    /** What a guardian can be told. */
    sealed interface Command {}

    /** Start a run; {@code run} gets its actor. */
    record Start(RunOrder order, CompletableFuture<ActorRef<Run.Command>> run, CompletableFuture<Integer> finished)
            implements Command {}

    private final NetworkSynapses network;
    private final ChipSettings settings;
    private final SpikeObserver observer;
    private final ActorRef<Clock.Command> clock;
    private final Set<ActorRef<Void>> stages = new HashSet<>();
    private int attempt;
    private boolean broken;

    private Guardian(
            ActorContext<Command> context, NetworkSynapses network, ChipSettings settings, SpikeObserver observer) {
        super(context);
        this.network = network;
        this.settings = settings;
        this.observer = observer;
        clock = context.spawn(Clock.create(settings.burst(), settings.credit()), "clock");
        context.watch(clock);
        buildPipeline();
    }

    static Behavior<Command> create(NetworkSynapses network, ChipSettings settings, SpikeObserver observer) {
        return Behaviors.setup(context -> new Guardian(context, network, settings, observer));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Start.class, this::onStart)
                .onSignal(ChildFailed.class, this::onStageFailed)
                .onSignal(Terminated.class, this::onStageStopped)
                .build();
    }

    private Behavior<Command> onStart(Start start) {
        start.run().complete(getContext().spawnAnonymous(Run.create(start.order(), settings, clock, start.finished())));
        return this;
    }

    private void buildPipeline() {
        String suffix = "-" + attempt;
        ImmutableList<Projection> projections = network.model().network().projections();
        ActorRef<Spikes> next = stage(
                Readout.create(network.readout(), clock), projections.getLast().name() + suffix);
        for (int i = network.spikingLayers() - 1; i >= 0; i--) {
            next = stage(
                    SpikingLayer.create(i, network.layer(i), observer, settings.credit(), next),
                    projections.get(i).name() + suffix);
        }
        ActorRef<InputLayer.Tick> input =
                stage(InputLayer.create(network.input(), observer, settings.credit(), next), "input" + suffix);
        clock.tell(new Clock.PipelineReady(attempt, input));
    }

    private <M> ActorRef<M> stage(Behavior<M> behavior, String name) {
        ActorRef<M> stage = getContext().spawn(behavior, "stage-" + name);
        getContext().watch(stage);
        stages.add(stage.unsafeUpcast());
        return stage;
    }

    private Behavior<Command> onStageFailed(ChildFailed failed) {
        if (failed.getRef().path().equals(clock.path())) {
            throw new IllegalStateException("the clock failed, and what it knew is lost", failed.cause());
        }
        if (!broken) {
            broken = true;
            getContext()
                    .getLog()
                    .warn(
                            "{} failed; its samples are run again",
                            failed.getRef().path().name());
            clock.tell(new Clock.PipelineLost(failed.cause()));
            stages.forEach(getContext()::stop);
        }
        return onStageStopped(failed);
    }

    private Behavior<Command> onStageStopped(Terminated terminated) {
        stages.remove(terminated.getRef());
        if (broken && stages.isEmpty()) {
            broken = false;
            attempt++;
            buildPipeline();
        }
        return this;
    }
}
