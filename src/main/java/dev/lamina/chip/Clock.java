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
import org.jspecify.annotations.Nullable;

/*
 * Samples wait in `waiting` until a pipeline has room for one; of several, the one with most free credit gets it.
 *
 * When a pipeline is lost, the samples in flight in it go back to the front of `waiting`, and whichever pipeline has
 * room first ticks them out again. Messages of the old one carry its attempt number and are dropped. A stage that fails says which sample
 * it was working on, and only that one is blamed, so that those beside it are not given up with it.
 *
 * A wedged pipeline may yet go on, and then says what has become of samples that run elsewhere by then. So each pass of a sample has a
 * number of its own, and the clock listens to what is said of passes that it waits for, and to nothing else.
 */
/** The actor that beats time: it admits time steps into each pipeline as far as the pipeline's credit goes. */
final class Clock extends AbstractBehavior<Clock.Command> {

    /** How often a sample may break a pipeline before it is given up. */
    static final int MAX_ATTEMPTS = 3;

    /** What a clock can be told. */
    sealed interface Command permits Submit, TickDone, SampleDone, Look, PipelineReady, PipelineLost, Adopt {}

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

    /** Look whether every pipeline with work makes progress. */
    enum Look implements Command {
        INSTANCE
    }

    /** A pipeline is there, or there again, built for a version. */
    record PipelineReady(int pipeline, int attempt, ModelVersion model, ActorRef<InputLayer.Command> input)
            implements Command {}

    /** A stage of a pipeline has failed; all that was in the pipeline is gone. */
    record PipelineLost(int pipeline, Throwable cause) implements Command {}

    /** What became of a sample. */
    sealed interface Outcome {

        /** The sample's place in its run. */
        int position();
    }

    /** The sample was simulated. */
    record Simulated(int position, Answer answer) implements Outcome {}

    /** The sample was given up. */
    record GivenUp(int position, int sample, Throwable cause) implements Outcome {}

    private final Lane[] lanes;
    private final ArrayDeque<Lane.Entry> waiting = new ArrayDeque<>();

    private ModelVersion model;
    private long passes;
    /** Why the last pipeline that was found wedged is. */
    private @Nullable ChipException wedge;

    private Clock(ActorContext<Command> context, ChipSettings settings, ModelVersion model) {
        super(context);
        this.model = model;
        lanes = new Lane[settings.pipelines()];
        Arrays.setAll(lanes, pipeline -> new Lane(pipeline, settings.burst(), settings.credit()));
    }

    static Behavior<Command> create(ChipSettings settings, ModelVersion model) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.INSTANCE, settings.patience());
            return Behaviors.setup(context -> new Clock(context, settings, model));
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(TickDone.class, this::onTickDone)
                .onMessage(SampleDone.class, this::onSampleDone)
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(Look.class, look -> onLook())
                .onMessage(Adopt.class, this::onAdopt)
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
        Lane.Entry entry = lane.isFromHere(done.stamp()) ? lane.sampleLeft(done.stamp()) : null;
        if (entry != null) {
            Submit order = entry.order();
            order.replyTo()
                    .tell(new Simulated(
                            order.position(),
                            new Answer(done.inference(), done.stamp().model())));
        }
        return this;
    }

    private Behavior<Command> onAdopt(Adopt adopt) {
        model = adopt.model();
        return dispatch();
    }

    private Behavior<Command> onPipelineReady(PipelineReady ready) {
        lanes[ready.pipeline()].open(ready.attempt(), ready.model(), ready.input());
        return dispatch();
    }

    /** Which sample a wedged pipeline hangs at is not known, so all in it are blamed; where all are wedged, nobody can take them. */
    private Behavior<Command> onLook() {
        for (Lane lane : lanes) {
            if (lane.stalled()) {
                ChipException cause = new ChipException(
                        "a layer of pipeline " + lane.pipeline()
                                + " has not finished a batch of time steps for too long",
                        null);
                getContext().getLog().warn("{}; its samples are run elsewhere", cause.getMessage());
                runAgain(lane.wedge(), cause);
                wedge = cause;
            }
        }
        ChipException cause = wedge;
        if (cause != null && Arrays.stream(lanes).allMatch(Lane::isWedged)) {
            waiting.forEach(entry -> giveUp(entry, cause));
            waiting.clear();
        }
        return dispatch();
    }

    private Behavior<Command> onPipelineLost(PipelineLost lost) {
        runAgain(lanes[lost.pipeline()].close(), lost.cause());
        return dispatch();
    }

    private void runAgain(List<Lane.Entry> samples, Throwable cause) {
        for (int i = samples.size() - 1; i >= 0; i--) {
            Lane.Entry entry = samples.get(i);
            if (SampleFailure.blames(cause, entry.pass()) && entry.blame() >= MAX_ATTEMPTS) {
                giveUp(entry, SampleFailure.origin(cause));
            } else {
                waiting.addFirst(entry);
            }
        }
    }

    private static void giveUp(Lane.Entry entry, Throwable cause) {
        Submit order = entry.order();
        order.replyTo().tell(new GivenUp(order.position(), order.sample().index(), cause));
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
            roomiest.begin(waiting.remove(), ++passes, model);
        }
        for (Lane lane : lanes) {
            lane.adopt(model);
        }
        return this;
    }
}
