package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.ReadoutSimulator;

/** The actor of the readout: it integrates what the last layer sends and tells the clock what is done. */
final class Readout extends AbstractBehavior<SpikingLayer.Command> {

    private ModelVersion model;
    private ReadoutSimulator readout;
    private final ActorRef<Clock.Command> clock;
    private Decisions decisions = Decisions.of(0);
    private LayerCounts counts = LayerCounts.ZERO;

    private Readout(ActorContext<SpikingLayer.Command> context, ModelVersion model, ActorRef<Clock.Command> clock) {
        super(context);
        this.model = model;
        this.readout = model.network().readout();
        this.clock = clock;
    }

    static Behavior<SpikingLayer.Command> create(ModelVersion model, ActorRef<Clock.Command> clock) {
        return Behaviors.setup(context -> new Readout(context, model, clock));
    }

    @Override
    public Receive<SpikingLayer.Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Spikes.class, this::onSpikes)
                .onMessage(Adopt.class, this::onAdopt)
                .build();
    }

    private Behavior<SpikingLayer.Command> onSpikes(Spikes in) {
        SampleFailure.blaming(in.stamp(), () -> step(in));
        return this;
    }

    private Behavior<SpikingLayer.Command> onAdopt(Adopt adopt) {
        turnTo(adopt.model());
        return this;
    }

    private void step(Spikes in) {
        Stamp stamp = in.stamp();
        if (stamp.firstTick() == 0) {
            decisions = Decisions.of(stamp.timesteps());
            counts = LayerCounts.ZERO;
            turnTo(stamp.model());
        }
        counts = counts.plus(readout.run(in.batch(), stamp.firstTick(), decisions));
        clock.tell(new Clock.TickDone(stamp));
        if (stamp.last()) {
            clock.tell(new Clock.SampleDone(
                    stamp,
                    new Inference(
                            stamp.sample(),
                            decisions,
                            in.inputEvents(),
                            in.counts().newWith(counts),
                            readout.potentials())));
        }
    }

    private void turnTo(ModelVersion version) {
        if (version.number() != model.number()) {
            model = version;
            readout = version.network().readout();
        }
    }
}
