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
final class Readout extends AbstractBehavior<Spikes> {

    private final ReadoutSimulator readout;
    private final ActorRef<Clock.Command> clock;
    private Decisions decisions = Decisions.of(0);
    private LayerCounts counts = LayerCounts.ZERO;

    private Readout(ActorContext<Spikes> context, ReadoutSimulator readout, ActorRef<Clock.Command> clock) {
        super(context);
        this.readout = readout;
        this.clock = clock;
    }

    static Behavior<Spikes> create(ReadoutSimulator readout, ActorRef<Clock.Command> clock) {
        return Behaviors.setup(context -> new Readout(context, readout, clock));
    }

    @Override
    public Receive<Spikes> createReceive() {
        return newReceiveBuilder().onMessage(Spikes.class, this::onSpikes).build();
    }

    private Behavior<Spikes> onSpikes(Spikes in) {
        Stamp stamp = in.stamp();
        if (stamp.firstTick() == 0) {
            decisions = Decisions.of(stamp.timesteps());
            counts = LayerCounts.ZERO;
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
        return this;
    }
}
