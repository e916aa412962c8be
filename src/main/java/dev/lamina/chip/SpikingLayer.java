package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.LayerSimulator;
import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.SpikeObserver;

/** The actor of one spiking layer: it takes spikes in, steps its neurons, and sends their spikes on. */
final class SpikingLayer extends AbstractBehavior<SpikingLayer.Command> {

    /** What a layer and the readout can be told. */
    sealed interface Command permits Spikes, Adopt {}

    private final int index;
    private ModelVersion model;
    private LayerSimulator layer;
    private final SpikeObserver observer;
    private final SpikeBatchRing ring;
    private final ActorRef<Command> next;
    private LayerCounts counts = LayerCounts.ZERO;

    private SpikingLayer(
            ActorContext<Command> context,
            int index,
            ModelVersion model,
            SpikeObserver observer,
            int credit,
            ActorRef<Command> next) {
        super(context);
        this.index = index;
        this.model = model;
        this.layer = model.network().layer(index);
        this.observer = observer;
        this.ring = new SpikeBatchRing(credit);
        this.next = next;
    }

    static Behavior<Command> create(
            int index, ModelVersion model, SpikeObserver observer, int credit, ActorRef<Command> next) {
        return Behaviors.setup(context -> new SpikingLayer(context, index, model, observer, credit, next));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Spikes.class, this::onSpikes)
                .onMessage(Adopt.class, this::onAdopt)
                .build();
    }

    private Behavior<Command> onSpikes(Spikes in) {
        SampleFailure.blaming(in.stamp(), () -> step(in));
        return this;
    }

    private Behavior<Command> onAdopt(Adopt adopt) {
        turnTo(adopt.model());
        next.tell(adopt);
        return this;
    }

    private void step(Spikes in) {
        Stamp stamp = in.stamp();
        if (stamp.firstTick() == 0) {
            counts = LayerCounts.ZERO;
            turnTo(stamp.model());
        }
        SpikeBatch out = ring.turn(stamp);
        counts = counts.plus(layer.run(in.batch(), stamp.firstTick(), out));
        observer.spikes(index, stamp.sample(), stamp.pass(), stamp.firstTick(), out);
        next.tell(new Spikes(
                stamp, out, in.inputEvents(), stamp.last() ? in.counts().newWith(counts) : in.counts()));
    }

    /** Samples are not interleaved, so at the first time step of one nothing of another is left in the neurons. */
    private void turnTo(ModelVersion version) {
        if (version.number() != model.number()) {
            model = version;
            layer = version.network().layer(index);
        }
    }
}
