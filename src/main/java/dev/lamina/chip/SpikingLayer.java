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
final class SpikingLayer extends AbstractBehavior<Spikes> {

    private final int index;
    private ModelVersion model;
    private LayerSimulator layer;
    private final SpikeObserver observer;
    private final SpikeBatchRing ring;
    private final ActorRef<Spikes> next;
    private LayerCounts counts = LayerCounts.ZERO;

    private SpikingLayer(
            ActorContext<Spikes> context,
            int index,
            ModelVersion model,
            SpikeObserver observer,
            int credit,
            ActorRef<Spikes> next) {
        super(context);
        this.index = index;
        this.model = model;
        this.layer = model.network().layer(index);
        this.observer = observer;
        this.ring = new SpikeBatchRing(credit);
        this.next = next;
    }

    static Behavior<Spikes> create(
            int index, ModelVersion model, SpikeObserver observer, int credit, ActorRef<Spikes> next) {
        return Behaviors.setup(context -> new SpikingLayer(context, index, model, observer, credit, next));
    }

    @Override
    public Receive<Spikes> createReceive() {
        return newReceiveBuilder().onMessage(Spikes.class, this::onSpikes).build();
    }

    private Behavior<Spikes> onSpikes(Spikes in) {
        SampleFailure.blaming(in.stamp().sample(), () -> step(in));
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
        observer.spikes(index, stamp.sample(), stamp.firstTick(), out);
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
