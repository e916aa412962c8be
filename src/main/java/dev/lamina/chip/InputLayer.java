package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.sim.InputSimulator;
import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.SpikeObserver;
import org.eclipse.collections.api.factory.Lists;

/** The actor that turns the clock's ticks into input events. */
final class InputLayer extends AbstractBehavior<InputLayer.Command> {

    /** What an input layer can be told. */
    sealed interface Command permits Tick, Adopt {}

    /**
     * The clock's beat: encode the stamped time steps of a sample.
     *
     * @param stamp the time steps
     * @param sample the sample
     * @param seed the seed of its run
     */
    record Tick(Stamp stamp, Sample sample, long seed) implements Command {}

    private final InputSimulator input;
    private final SpikeObserver observer;
    private final SpikeBatchRing ring;
    private final ActorRef<SpikingLayer.Command> next;
    private long events;

    private InputLayer(
            ActorContext<Command> context,
            InputSimulator input,
            SpikeObserver observer,
            int credit,
            ActorRef<SpikingLayer.Command> next) {
        super(context);
        this.input = input;
        this.observer = observer;
        this.ring = new SpikeBatchRing(credit);
        this.next = next;
    }

    static Behavior<Command> create(
            InputSimulator input, SpikeObserver observer, int credit, ActorRef<SpikingLayer.Command> next) {
        return Behaviors.setup(context -> new InputLayer(context, input, observer, credit, next));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tick.class, this::onTick)
                .onMessage(Adopt.class, this::onAdopt)
                .build();
    }

    private Behavior<Command> onTick(Tick tick) {
        SampleFailure.blaming(tick.stamp(), () -> encode(tick));
        return this;
    }

    /** An encoder is the same for all versions. */
    private Behavior<Command> onAdopt(Adopt adopt) {
        next.tell(adopt);
        return this;
    }

    private void encode(Tick tick) {
        Stamp stamp = tick.stamp();
        if (stamp.firstTick() == 0) {
            input.begin(tick.sample().values(), tick.seed(), stamp.sample());
            events = 0;
        }
        SpikeBatch batch = ring.turn(stamp);
        input.run(stamp.firstTick(), stamp.ticks(), batch);
        observer.spikes(SpikeObserver.INPUT, stamp.sample(), stamp.pass(), stamp.firstTick(), batch);
        events += batch.count();
        next.tell(new Spikes(stamp, batch, stamp.last() ? events : 0, Lists.immutable.empty()));
    }
}
