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
import org.jspecify.annotations.Nullable;

/*
 * The stages of a pipeline live and die together. A failed stage has lost the state of the samples that it was in the
 * midst of, so its neighbours' state of them is worthless too; a new pipeline is cheap, for the synapses are shared.
 * It is built for the version that runs then; the stamp of each sample says which version its stages are to turn to.
 *
 * The clock hears of a failure when the last stage is gone, not before: nothing of the old pipeline is at work any more when its samples
 * are run again, nor does an observer see spikes of both at once. Where a stage hangs meanwhile, the clock notices as with any other.
 */
/** The actor above the stages of one pipeline: it builds them, and builds them all anew when one fails. */
final class Pipeline extends AbstractBehavior<Adopt> {

    private final int pipeline;
    private ModelVersion model;
    private final int credit;
    private final SpikeObserver observer;
    private final ActorRef<Clock.Command> clock;
    private final Set<ActorRef<Void>> stages = new HashSet<>();
    private int attempt;
    /** What the first stage died of, while the others stop. */
    private @Nullable Throwable broken;

    private Pipeline(
            ActorContext<Adopt> context,
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

    static Behavior<Adopt> create(
            int pipeline, ModelVersion model, int credit, SpikeObserver observer, ActorRef<Clock.Command> clock) {
        return Behaviors.setup(context -> new Pipeline(context, pipeline, model, credit, observer, clock));
    }

    @Override
    public Receive<Adopt> createReceive() {
        return newReceiveBuilder()
                .onMessage(Adopt.class, this::onAdopt)
                .onSignal(ChildFailed.class, this::onStageFailed)
                .onSignal(Terminated.class, this::onStageStopped)
                .build();
    }

    private void build() {
        String suffix = "-" + attempt;
        NetworkSynapses network = model.network();
        ImmutableList<Projection> projections = network.model().network().projections();
        ActorRef<SpikingLayer.Command> next =
                stage(Readout.create(model, clock), projections.getLast().name() + suffix);
        for (int i = network.spikingLayers() - 1; i >= 0; i--) {
            next = stage(
                    SpikingLayer.create(i, model, observer, credit, next),
                    projections.get(i).name() + suffix);
        }
        ActorRef<InputLayer.Command> input =
                stage(InputLayer.create(network.input(), observer, credit, next), "input" + suffix);
        clock.tell(new Clock.PipelineReady(pipeline, attempt, model, input));
    }

    private <M> ActorRef<M> stage(Behavior<M> behavior, String name) {
        ActorRef<M> stage = getContext().spawn(behavior, "stage-" + name);
        getContext().watch(stage);
        stages.add(stage.unsafeUpcast());
        return stage;
    }

    private Behavior<Adopt> onAdopt(Adopt adopt) {
        model = adopt.model();
        return this;
    }

    private Behavior<Adopt> onStageFailed(ChildFailed failed) {
        if (broken == null) {
            broken = failed.cause();
            getContext()
                    .getLog()
                    .warn(
                            "{} of pipeline {} failed; its samples are run again",
                            failed.getRef().path().name(),
                            pipeline);
            stages.forEach(getContext()::stop);
        }
        return onStageStopped(failed);
    }

    private Behavior<Adopt> onStageStopped(Terminated terminated) {
        stages.remove(terminated.getRef());
        if (broken != null && stages.isEmpty()) {
            clock.tell(new Clock.PipelineLost(pipeline, broken));
            broken = null;
            attempt++;
            build();
        }
        return this;
    }
}
