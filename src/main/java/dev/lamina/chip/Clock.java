package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.lamina.sim.Inference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/*
 * Samples wait in `waiting` until a pipeline has room for one; of several, the one with most free credit gets it.
 *
 * When a pipeline is lost, the samples in flight in it go back to the front of `waiting`, and whichever pipeline has
 * room first ticks them out again. Messages of the old one carry its attempt number and are dropped.
 */
/** The actor that beats time: it admits time steps into each pipeline as far as the pipeline's credit goes. */
final class Clock extends AbstractBehavior<Clock.Command> {

    /** How often a sample is tried before it is given up: it may be the sample that breaks the pipeline. */
    static final int MAX_ATTEMPTS = 3;

    /** What a clock can be told. */
    sealed interface Command {}

    /**
     * Run a sample.
     *
     * @param position the sample's place in its run, given back with its outcome
     * @param sample the sample
     * @param timesteps T
     * @param seed the seed of the run
     * @param replyTo who is told the outcome
     */
    record Submit(int position, Sample sample, int timesteps, long seed, ActorRef<Outcome> replyTo)
            implements Command {}

    /** A batch of time steps has left the readout. */
    record TickDone(Stamp stamp) implements Command {}

    /** A sample has left the readout. */
    record SampleDone(Stamp stamp, Inference inference) implements Command {}

    /** A pipeline is there, or there again. */
    record PipelineReady(int pipeline, int attempt, ActorRef<InputLayer.Tick> input) implements Command {}

    /** A stage of a pipeline has failed; all that was in the pipeline is gone. */
    record PipelineLost(int pipeline, Throwable cause) implements Command {}

    /** What became of a sample. */
    sealed interface Outcome {

        /** The sample's place in its run. */
        int position();
    }

    /** The sample was simulated. */
    record Simulated(int position, Inference inference) implements Outcome {}

    /** The sample was given up. */
    record GivenUp(int position, int sample, Throwable cause) implements Outcome {}

    private final Lane[] lanes;
    private final ArrayDeque<Lane.Entry> waiting = new ArrayDeque<>();

    private Clock(ActorContext<Command> context, ChipSettings settings) {
        super(context);
        lanes = new Lane[settings.pipelines()];
        Arrays.setAll(lanes, pipeline -> new Lane(pipeline, settings.burst(), settings.credit()));
    }

    static Behavior<Command> create(ChipSettings settings) {
        return Behaviors.setup(context -> new Clock(context, settings));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(TickDone.class, this::onTickDone)
                .onMessage(SampleDone.class, this::onSampleDone)
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(PipelineReady.class, this::onPipelineReady)
                .onMessage(PipelineLost.class, this::onPipelineLost)
                .build();
    }

    private Behavior<Command> onSubmit(Submit submit) {
        waiting.add(new Lane.Entry(submit));
        return dispatch();
    }

    private Behavior<Command> onTickDone(TickDone done) {
        Lane lane = lanes[done.stamp().pipeline()];
        if (lane.isFromHere(done.stamp())) {
            lane.batchLeft();
        }
        return dispatch();
    }

    private Behavior<Command> onSampleDone(SampleDone done) {
        Lane lane = lanes[done.stamp().pipeline()];
        if (lane.isFromHere(done.stamp())) {
            Submit order = lane.sampleLeft(done.stamp().sample()).order();
            order.replyTo().tell(new Simulated(order.position(), done.inference()));
        }
        return this;
    }

    private Behavior<Command> onPipelineReady(PipelineReady ready) {
        lanes[ready.pipeline()].open(ready.attempt(), ready.input());
        return dispatch();
    }

    private Behavior<Command> onPipelineLost(PipelineLost lost) {
        List<Lane.Entry> samples = lanes[lost.pipeline()].close();
        for (int i = samples.size() - 1; i >= 0; i--) {
            Lane.Entry entry = samples.get(i);
            if (entry.attempts() < MAX_ATTEMPTS) {
                waiting.addFirst(entry);
            } else {
                Submit order = entry.order();
                order.replyTo()
                        .tell(new GivenUp(order.position(), order.sample().index(), lost.cause()));
            }
        }
        return dispatch();
    }

    private Behavior<Command> dispatch() {
        while (!waiting.isEmpty()) {
            Lane roomiest = lanes[0];
            for (Lane lane : lanes) {
                roomiest = lane.room() > roomiest.room() ? lane : roomiest;
            }
            if (roomiest.room() == 0) {
                break;
            }
            roomiest.begin(waiting.remove());
        }
        return this;
    }
}
