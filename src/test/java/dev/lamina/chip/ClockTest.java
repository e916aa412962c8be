package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock's protocol, message by message. */
class ClockTest {

    static final ModelVersion MODEL = ModelVersion.first(NetworkSynapses.of(RandomModels.model(1), Kernels.scalar()));

    private static final ActorTestKit KIT = ActorTestKit.create();

    private final TestProbe<InputLayer.Tick> input = KIT.createTestProbe();
    private final TestProbe<Clock.Outcome> outcomes = KIT.createTestProbe();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void ticksASampleOutInOrderWithAShorterLastBatch() {
        ActorRef<Clock.Command> clock = clock(4, 10, 0);
        clock.tell(submit(7, 10));
        assertEquals(
                new Stamp(7, MODEL, 0, 0, 0, 4, 10, 0), input.receiveMessage().stamp());
        assertEquals(
                new Stamp(7, MODEL, 0, 0, 4, 4, 10, 1), input.receiveMessage().stamp());
        assertEquals(
                new Stamp(7, MODEL, 0, 0, 8, 2, 10, 2), input.receiveMessage().stamp());
        input.expectNoMessage(Duration.ZERO);
    }

    @Test
    void neverHasMoreInFlightThanItsCreditAndNeverReusesASlotInFlight() {
        int credit = 3;
        ActorRef<Clock.Command> clock = clock(1, credit, 0);
        clock.tell(submit(0, 5));
        clock.tell(submit(1, 5));
        List<Stamp> inFlight = new ArrayList<>();
        for (int i = 0; i < credit; i++) {
            inFlight.add(input.receiveMessage().stamp());
        }
        for (int sent = credit; sent < 10; sent++) {
            input.expectNoMessage(Duration.ofMillis(1));
            clock.tell(new Clock.TickDone(inFlight.remove(0)));
            Stamp next = input.receiveMessage().stamp();
            assertEquals(sent / 5, next.sample(), "samples follow each other without draining the pipeline");
            assertEquals(sent % 5, next.firstTick());
            assertEquals(
                    0, inFlight.stream().filter(s -> s.slot() == next.slot()).count());
            inFlight.add(next);
        }
    }

    @Test
    void reportsASampleToWhoeverSubmittedIt() {
        ActorRef<Clock.Command> clock = clock(5, 2, 0);
        clock.tell(submit(3, 5));
        Inference inference = inference(3);
        clock.tell(new Clock.SampleDone(input.receiveMessage().stamp(), inference));
        assertSame(
                inference,
                outcomes.expectMessageClass(Clock.Simulated.class).answer().inference());
    }

    @Test
    void waitsForThePipeline() {
        ActorRef<Clock.Command> clock = KIT.spawn(Clock.create(new ChipSettings(5, 2, 1, 1), MODEL));
        clock.tell(submit(0, 5));
        input.expectNoMessage(Duration.ofMillis(1));
        clock.tell(new Clock.PipelineReady(0, 0, input.getRef()));
        assertEquals(0, input.receiveMessage().stamp().sample());
    }

    @Test
    void runsTheSamplesInFlightAgainAndIgnoresWhatTheLostPipelineStillSays() {
        ActorRef<Clock.Command> clock = clock(5, 2, 0);
        clock.tell(submit(0, 5));
        clock.tell(submit(1, 10));
        clock.tell(submit(2, 5));
        Stamp first = input.receiveMessage().stamp();
        Stamp second = input.receiveMessage().stamp();
        clock.tell(new Clock.TickDone(first));
        clock.tell(new Clock.SampleDone(first, inference(0)));
        outcomes.expectMessageClass(Clock.Simulated.class);
        input.receiveMessage();

        clock.tell(new Clock.PipelineLost(0, new IllegalStateException("injected")));
        clock.tell(new Clock.TickDone(second));
        clock.tell(new Clock.PipelineReady(0, 1, input.getRef()));
        assertEquals(
                new Stamp(1, MODEL, 0, 1, 0, 5, 10, 0), input.receiveMessage().stamp());
        assertEquals(
                new Stamp(1, MODEL, 0, 1, 5, 5, 10, 1), input.receiveMessage().stamp());
        clock.tell(new Clock.TickDone(second));
        clock.tell(new Clock.SampleDone(new Stamp(1, MODEL, 0, 0, 5, 5, 10, 0), inference(1)));
        input.expectNoMessage(Duration.ofMillis(1));
        outcomes.expectNoMessage(Duration.ZERO);
    }

    @Test
    void givesASampleUpAfterItsAttempts() {
        ActorRef<Clock.Command> clock = clock(5, 1, 0);
        clock.tell(submit(9, 5));
        IllegalStateException cause = new IllegalStateException("injected");
        for (int attempt = 0; attempt < Clock.MAX_ATTEMPTS; attempt++) {
            assertEquals(attempt, input.receiveMessage().stamp().attempt());
            outcomes.expectNoMessage(Duration.ZERO);
            clock.tell(new Clock.PipelineLost(0, cause));
            clock.tell(new Clock.PipelineReady(0, attempt + 1, input.getRef()));
        }
        assertEquals(new Clock.GivenUp(0, 9, cause), outcomes.receiveMessage());
        input.expectNoMessage(Duration.ofMillis(1));
    }

    @Test
    void givesTheNextSampleToThePipelineWithMostFreeCredit() {
        TestProbe<InputLayer.Tick> other = KIT.createTestProbe();
        ActorRef<Clock.Command> clock = KIT.spawn(Clock.create(new ChipSettings(5, 3, 2, 1), MODEL));
        clock.tell(new Clock.PipelineReady(0, 0, input.getRef()));
        clock.tell(new Clock.PipelineReady(1, 0, other.getRef()));
        clock.tell(submit(0, 10));
        clock.tell(submit(1, 5));
        clock.tell(submit(2, 10));
        assertEquals(
                new Stamp(0, MODEL, 0, 0, 0, 5, 10, 0), input.receiveMessage().stamp());
        assertEquals(
                new Stamp(0, MODEL, 0, 0, 5, 5, 10, 1), input.receiveMessage().stamp());
        assertEquals(
                new Stamp(1, MODEL, 1, 0, 0, 5, 5, 0), other.receiveMessage().stamp());
        assertEquals(
                new Stamp(2, MODEL, 1, 0, 0, 5, 10, 1), other.receiveMessage().stamp());
        assertEquals(
                new Stamp(2, MODEL, 1, 0, 5, 5, 10, 2), other.receiveMessage().stamp());
    }

    @Test
    void aLostPipelinesSamplesAreRunAgainByWhicheverHasRoomAndTheOtherGoesOn() {
        TestProbe<InputLayer.Tick> other = KIT.createTestProbe();
        ActorRef<Clock.Command> clock = KIT.spawn(Clock.create(new ChipSettings(5, 1, 2, 1), MODEL));
        clock.tell(new Clock.PipelineReady(0, 0, input.getRef()));
        clock.tell(new Clock.PipelineReady(1, 0, other.getRef()));
        clock.tell(submit(0, 5));
        clock.tell(submit(1, 10));
        clock.tell(submit(2, 5));
        Stamp lost = input.receiveMessage().stamp();
        Stamp kept = other.receiveMessage().stamp();
        clock.tell(new Clock.PipelineLost(0, new IllegalStateException("injected")));

        clock.tell(new Clock.TickDone(kept));
        Stamp rest = other.receiveMessage().stamp();
        assertEquals(new Stamp(1, MODEL, 1, 0, 5, 5, 10, 0), rest, "it goes on where it was");
        clock.tell(new Clock.TickDone(rest));
        clock.tell(new Clock.SampleDone(rest, inference(1)));
        assertEquals(
                1,
                outcomes.expectMessageClass(Clock.Simulated.class)
                        .answer()
                        .inference()
                        .sample());
        assertEquals(
                new Stamp(0, MODEL, 1, 0, 0, 5, 5, 0),
                other.receiveMessage().stamp(),
                "the lost sample, before others");

        clock.tell(new Clock.SampleDone(lost, inference(0)));
        clock.tell(new Clock.PipelineReady(0, 1, input.getRef()));
        assertEquals(
                new Stamp(2, MODEL, 0, 1, 0, 5, 5, 0), input.receiveMessage().stamp());
        outcomes.expectNoMessage(Duration.ZERO);
    }

    @Test
    void samplesOfAWedgedPipelineAreRunElsewhereAndItComesBackWhenItsBatchesHaveLeftIt() {
        TestProbe<InputLayer.Tick> other = KIT.createTestProbe();
        ActorRef<Clock.Command> clock = KIT.spawn(Clock.create(new ChipSettings(5, 1, 2, 1), MODEL));
        clock.tell(new Clock.PipelineReady(0, 0, input.getRef()));
        clock.tell(submit(0, 10));
        Stamp stuck = input.receiveMessage().stamp();
        clock.tell(Clock.Look.INSTANCE);
        input.expectNoMessage(Duration.ZERO);
        clock.tell(new Clock.PipelineReady(1, 0, other.getRef()));
        clock.tell(Clock.Look.INSTANCE);
        Stamp elsewhere = other.receiveMessage().stamp();
        assertEquals(new Stamp(0, MODEL, 1, 0, 0, 5, 10, 0), elsewhere);
        clock.tell(new Clock.TickDone(elsewhere));
        Stamp last = other.receiveMessage().stamp();
        // A look between batches that leave finds progress.
        clock.tell(Clock.Look.INSTANCE);
        clock.tell(new Clock.TickDone(last));
        clock.tell(new Clock.SampleDone(last, inference(0)));
        assertEquals(0, outcomes.expectMessageClass(Clock.Simulated.class).position());
        clock.tell(submit(1, 10));
        Stamp begun = other.receiveMessage().stamp();
        clock.tell(submit(2, 5));
        input.expectNoMessage(Duration.ZERO);
        clock.tell(new Clock.TickDone(stuck));
        assertEquals(
                new Stamp(2, MODEL, 0, 0, 0, 5, 5, 0), input.receiveMessage().stamp(), "it is as good as new");
        clock.tell(new Clock.TickDone(begun));
        assertEquals(1, other.receiveMessage().stamp().sample());
    }

    @Test
    void whereEveryPipelineIsWedgedNoSampleWaitsInVain() {
        ActorRef<Clock.Command> clock = clock(5, 1, 0);
        clock.tell(submit(0, 10));
        clock.tell(submit(1, 10));
        clock.tell(Clock.Look.INSTANCE);
        clock.tell(Clock.Look.INSTANCE);
        assertEquals(0, outcomes.expectMessageClass(Clock.GivenUp.class).sample());
        Clock.GivenUp second = outcomes.expectMessageClass(Clock.GivenUp.class);
        assertEquals(1, second.sample());
        assertTrue(String.valueOf(second.cause().getMessage()).contains("pipeline 0"));
    }

    @ParameterizedTest(name = "rerun with seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void holdsCreditInEachPipelineAndReportsEachSampleOnceWhateverThePipelinesDo(long seed) {
        new RandomPipelines(seed).runAll();
    }

    private ActorRef<Clock.Command> clock(int burst, int credit, int attempt) {
        ActorRef<Clock.Command> clock = KIT.spawn(Clock.create(new ChipSettings(burst, credit, 1, 1), MODEL));
        clock.tell(new Clock.PipelineReady(0, attempt, input.getRef()));
        return clock;
    }

    private Clock.Submit submit(int sample, int timesteps) {
        return new Clock.Submit(0, new Sample(sample, new float[1]), timesteps, 1, outcomes.getRef());
    }

    static Inference inference(int sample) {
        return new Inference(sample, Decisions.of(1), 0, Lists.immutable.empty(), new float[1]);
    }
}
