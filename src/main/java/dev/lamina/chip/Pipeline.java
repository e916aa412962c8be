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
import org.eclipse.collections.api.list.ImmutableList;

/*
 * The stages of a pipeline live and die together. A failed stage has lost the state of the samples that it was in the
 * midst of, so its neighbours' state of them is worthless too; a new pipeline is cheap, for the synapses are shared.
 * It is built for the first version of the model; the stamp of each sample says which version its stages are to turn to.
 */
/** The actor above the stages of one pipeline: it builds them, and builds them all anew when one fails. */
final class Pipeline extends AbstractBehavior<Void> {

    private final int pipeline;
    private final ModelVersion model;
    private final int credit;
    private final SpikeObserver observer;
    private final ActorRef<Clock.Command> clock;
    private final Set<ActorRef<Void>> stages = new HashSet<>();
    private int attempt;
    private boolean broken;

    private Pipeline(
            ActorContext<Void> context,
            int pipeline,
            ModelVersion model,
            int credit,
            SpikeObserver observer,
            ActorRef<Clock.Command> clock) {
        super(context);
        this.pipeline = pipeline;
        this.model = model;
        this.credit = credit;
        this.observer = observer;
        this.clock = clock;
        build();
    }

    static Behavior<Void> create(
            int pipeline, ModelVersion model, int credit, SpikeObserver observer, ActorRef<Clock.Command> clock) {
        return Behaviors.setup(context -> new Pipeline(context, pipeline, model, credit, observer, clock));
    }

    @Override
    public Receive<Void> createReceive() {
        return newReceiveBuilder()
                .onSignal(ChildFailed.class, this::onStageFailed)
                .onSignal(Terminated.class, this::onStageStopped)
                .build();
    }

    private void build() {
        String suffix = "-" + attempt;
        NetworkSynapses network = model.network();
        ImmutableList<Projection> projections = network.model().network().projections();
        ActorRef<Spikes> next =
                stage(Readout.create(model, clock), projections.getLast().name() + suffix);
        for (int i = network.spikingLayers() - 1; i >= 0; i--) {
            next = stage(
                    SpikingLayer.create(i, model, observer, credit, next),
                    projections.get(i).name() + suffix);
        }
        ActorRef<InputLayer.Tick> input =
                stage(InputLayer.create(network.input(), observer, credit, next), "input" + suffix);
        clock.tell(new Clock.PipelineReady(pipeline, attempt, input));
    }

    private <M> ActorRef<M> stage(Behavior<M> behavior, String name) {
        ActorRef<M> stage = getContext().spawn(behavior, "stage-" + name);
        getContext().watch(stage);
        stages.add(stage.unsafeUpcast());
        return stage;
    }

    private Behavior<Void> onStageFailed(ChildFailed failed) {
        if (!broken) {
            broken = true;
            getContext()
                    .getLog()
                    .warn(
                            "{} of pipeline {} failed; its samples are run again",
                            failed.getRef().path().name(),
                            pipeline);
            clock.tell(new Clock.PipelineLost(pipeline, failed.cause()));
            stages.forEach(getContext()::stop);
        }
        return onStageStopped(failed);
    }

    private Behavior<Void> onStageStopped(Terminated terminated) {
        stages.remove(terminated.getRef());
        if (broken && stages.isEmpty()) {
            broken = false;
            attempt++;
            build();
        }
        return this;
    }
}
