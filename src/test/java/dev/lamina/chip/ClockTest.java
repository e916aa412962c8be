package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock's protocol, message by message. */
class ClockTest {

    static final ModelVersion MODEL = ModelVersion.first(NetworkSynapses.of(RandomModels.model(1), Kernels.scalar()));

    private final TestInbox<InputLayer.Command> input = TestInbox.create();
    private final TestInbox<Clock.Outcome> outcomes = TestInbox.create();

    @Test
    void ticksASampleOutInOrderWithAShorterLastBatch() {
        BehaviorTestKit<Clock.Command> clock = clock(4, 10, 0);
        clock.run(submit(7, 10));
        assertEquals(new Stamp(1, 7, MODEL, 0, 0, 0, 4, 10, 0), stamp(input));
        assertEquals(new Stamp(1, 7, MODEL, 0, 0, 4, 4, 10, 1), stamp(input));
        assertEquals(new Stamp(1, 7, MODEL, 0, 0, 8, 2, 10, 2), stamp(input));
        assertFalse(input.hasMessages());
    }

    @Test
    void neverHasMoreInFlightThanItsCreditAndNeverReusesASlotInFlight() {
        int credit = 3;
        BehaviorTestKit<Clock.Command> clock = clock(1, credit, 0);
        clock.run(submit(0, 5));
        clock.run(submit(1, 5));
        List<Stamp> inFlight = new ArrayList<>();
        for (int i = 0; i < credit; i++) {
            inFlight.add(stamp(input));
        }
        for (int sent = credit; sent < 10; sent++) {
            assertFalse(input.hasMessages());
            clock.run(new Clock.TickDone(inFlight.remove(0)));
            Stamp next = stamp(input);
            assertEquals(sent / 5, next.sample(), "samples follow each other without draining the pipeline");
            assertEquals(sent % 5, next.firstTick());
            assertEquals(
                    0, inFlight.stream().filter(s -> s.slot() == next.slot()).count());
            inFlight.add(next);
        }
    }

    @Test
    void reportsASampleToWhoeverSubmittedIt() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 2, 0);
        clock.run(submit(3, 5));
        Inference inference = inference(3);
        clock.run(new Clock.SampleDone(stamp(input), inference));
        assertSame(inference, outcome(Clock.Simulated.class).answer().inference());
    }

    @Test
    void waitsForThePipeline() {
        BehaviorTestKit<Clock.Command> clock =
                BehaviorTestKit.create(Clock.create(new ChipSettings(5, 2, 1, 1), MODEL));
        clock.run(submit(0, 5));
        assertFalse(input.hasMessages());
        clock.run(new Clock.PipelineReady(0, 0, MODEL, input.getRef()));
        assertEquals(0, stamp(input).sample());
    }

    @Test
    void runsTheSamplesInFlightAgainAndIgnoresWhatTheLostPipelineStillSays() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 2, 0);
        clock.run(submit(0, 5));
        clock.run(submit(1, 10));
        clock.run(submit(2, 5));
        Stamp first = stamp(input);
        Stamp second = stamp(input);
        clock.run(new Clock.TickDone(first));
        clock.run(new Clock.SampleDone(first, inference(0)));
        outcome(Clock.Simulated.class);
        input.receiveMessage();

        clock.run(new Clock.PipelineLost(0, new IllegalStateException("injected")));
        clock.run(new Clock.TickDone(second));
        clock.run(new Clock.PipelineReady(0, 1, MODEL, input.getRef()));
        assertEquals(new Stamp(3, 1, MODEL, 0, 1, 0, 5, 10, 0), stamp(input));
        assertEquals(new Stamp(3, 1, MODEL, 0, 1, 5, 5, 10, 1), stamp(input));
        clock.run(new Clock.TickDone(second));
        clock.run(new Clock.SampleDone(new Stamp(2, 1, MODEL, 0, 0, 5, 5, 10, 0), inference(1)));
        assertFalse(input.hasMessages());
        assertFalse(outcomes.hasMessages());
    }

    @Test
    void givesASampleUpAfterItsAttempts() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 1, 0);
        clock.run(submit(9, 5));
        IllegalStateException cause = new IllegalStateException("injected");
        for (int attempt = 0; attempt < Clock.MAX_ATTEMPTS; attempt++) {
            assertEquals(attempt, stamp(input).attempt());
            assertFalse(outcomes.hasMessages());
            clock.run(new Clock.PipelineLost(0, cause));
            clock.run(new Clock.PipelineReady(0, attempt + 1, MODEL, input.getRef()));
        }
        assertEquals(new Clock.GivenUp(0, 9, cause), outcomes.receiveMessage());
        assertFalse(input.hasMessages());
    }

    @Test
    void givesTheNextSampleToThePipelineWithMostFreeCredit() {
        TestInbox<InputLayer.Command> other = TestInbox.create();
        BehaviorTestKit<Clock.Command> clock =
                BehaviorTestKit.create(Clock.create(new ChipSettings(5, 3, 2, 1), MODEL));
        clock.run(new Clock.PipelineReady(0, 0, MODEL, input.getRef()));
        clock.run(new Clock.PipelineReady(1, 0, MODEL, other.getRef()));
        clock.run(submit(0, 10));
        clock.run(submit(1, 5));
        clock.run(submit(2, 10));
        assertEquals(new Stamp(1, 0, MODEL, 0, 0, 0, 5, 10, 0), stamp(input));
        assertEquals(new Stamp(1, 0, MODEL, 0, 0, 5, 5, 10, 1), stamp(input));
        assertEquals(new Stamp(2, 1, MODEL, 1, 0, 0, 5, 5, 0), stamp(other));
        assertEquals(new Stamp(3, 2, MODEL, 1, 0, 0, 5, 10, 1), stamp(other));
        assertEquals(new Stamp(3, 2, MODEL, 1, 0, 5, 5, 10, 2), stamp(other));
    }

    @Test
    void aLostPipelinesSamplesAreRunAgainByWhicheverHasRoomAndTheOtherGoesOn() {
        TestInbox<InputLayer.Command> other = TestInbox.create();
        BehaviorTestKit<Clock.Command> clock =
                BehaviorTestKit.create(Clock.create(new ChipSettings(5, 1, 2, 1), MODEL));
        clock.run(new Clock.PipelineReady(0, 0, MODEL, input.getRef()));
        clock.run(new Clock.PipelineReady(1, 0, MODEL, other.getRef()));
        clock.run(submit(0, 5));
        clock.run(submit(1, 10));
        clock.run(submit(2, 5));
        Stamp lost = stamp(input);
        Stamp kept = stamp(other);
        clock.run(new Clock.PipelineLost(0, new IllegalStateException("injected")));

        clock.run(new Clock.TickDone(kept));
        Stamp rest = stamp(other);
        assertEquals(new Stamp(2, 1, MODEL, 1, 0, 5, 5, 10, 0), rest, "it goes on where it was");
        clock.run(new Clock.TickDone(rest));
        clock.run(new Clock.SampleDone(rest, inference(1)));
        assertEquals(1, outcome(Clock.Simulated.class).answer().inference().sample());
        assertEquals(new Stamp(3, 0, MODEL, 1, 0, 0, 5, 5, 0), stamp(other), "the lost sample, before others");

        clock.run(new Clock.SampleDone(lost, inference(0)));
        clock.run(new Clock.PipelineReady(0, 1, MODEL, input.getRef()));
        assertEquals(new Stamp(4, 2, MODEL, 0, 1, 0, 5, 5, 0), stamp(input));
        assertFalse(outcomes.hasMessages());
    }

    @Test
    void samplesOfAWedgedPipelineAreRunElsewhereAndItComesBackWhenItsBatchesHaveLeftIt() {
        TestInbox<InputLayer.Command> other = TestInbox.create();
        BehaviorTestKit<Clock.Command> clock =
                BehaviorTestKit.create(Clock.create(new ChipSettings(5, 1, 2, 1), MODEL));
        clock.run(new Clock.PipelineReady(0, 0, MODEL, input.getRef()));
        clock.run(submit(0, 10));
        Stamp stuck = stamp(input);
        clock.run(Clock.Look.INSTANCE);
        assertFalse(input.hasMessages());
        clock.run(new Clock.PipelineReady(1, 0, MODEL, other.getRef()));
        clock.run(Clock.Look.INSTANCE);
        Stamp elsewhere = stamp(other);
        assertEquals(new Stamp(2, 0, MODEL, 1, 0, 0, 5, 10, 0), elsewhere);
        clock.run(new Clock.TickDone(elsewhere));
        Stamp last = stamp(other);
        // A look between batches that leave finds progress.
        clock.run(Clock.Look.INSTANCE);
        clock.run(new Clock.TickDone(last));
        clock.run(new Clock.SampleDone(last, inference(0)));
        assertEquals(0, outcome(Clock.Simulated.class).position());
        clock.run(submit(1, 10));
        Stamp begun = stamp(other);
        clock.run(submit(2, 5));
        assertFalse(input.hasMessages());
        clock.run(new Clock.TickDone(stuck));
        assertEquals(new Stamp(4, 2, MODEL, 0, 0, 0, 5, 5, 0), stamp(input), "it is as good as new");
        clock.run(new Clock.TickDone(begun));
        assertEquals(1, stamp(other).sample());
    }

    @Test
    void whatAWedgedPipelineSaysOfASampleThatWasGivenUpIsNotTakenForAnother() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 1, 0);
        clock.run(submit(7, 5));
        Stamp stuck = stamp(input);
        clock.run(Clock.Look.INSTANCE);
        clock.run(Clock.Look.INSTANCE);
        assertEquals(7, outcome(Clock.GivenUp.class).sample());
        clock.run(submit(8, 5));
        assertFalse(input.hasMessages(), "it is still wedged");
        clock.run(new Clock.TickDone(stuck));
        Stamp next = stamp(input);
        assertEquals(8, next.sample());
        clock.run(new Clock.SampleDone(stuck, inference(7)));
        assertFalse(outcomes.hasMessages());
        clock.run(new Clock.TickDone(next));
        clock.run(new Clock.SampleDone(next, inference(8)));
        assertEquals(8, outcome(Clock.Simulated.class).answer().inference().sample());
    }

    @Test
    void aSampleSubmittedWhileEveryPipelineIsWedgedIsGivenUpAtTheNextLook() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 1, 0);
        clock.run(submit(0, 10));
        clock.run(Clock.Look.INSTANCE);
        clock.run(Clock.Look.INSTANCE);
        outcome(Clock.GivenUp.class);
        clock.run(submit(1, 10));
        assertFalse(outcomes.hasMessages());
        clock.run(Clock.Look.INSTANCE);
        assertEquals(1, outcome(Clock.GivenUp.class).sample());
    }

    @Test
    void onlyTheSampleThatAStageWasWorkingOnIsBlamedEvenBesideAnotherRunsOfTheSameIndex() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 2, 0);
        clock.run(submit(0, 5));
        clock.run(submit(0, 5));
        for (int attempt = 1; attempt <= Clock.MAX_ATTEMPTS; attempt++) {
            stamp(input);
            Stamp poison = stamp(input);
            SampleFailure failure = assertThrows(
                    SampleFailure.class,
                    () -> SampleFailure.blaming(poison, () -> {
                        throw new IllegalStateException("injected");
                    }));
            clock.run(new Clock.PipelineLost(0, failure));
            clock.run(new Clock.PipelineReady(0, attempt, MODEL, input.getRef()));
        }
        outcome(Clock.GivenUp.class);
        assertFalse(outcomes.hasMessages());
        assertEquals(0, stamp(input).sample(), "the other is run again");
    }

    @Test
    void aPipelineWithoutWorkTurnsToTheNewVersionAndOneWithWorkWhenItBeginsAnother() {
        ModelVersion second = new ModelVersion(2, "", MODEL.network());
        TestInbox<InputLayer.Command> idle = TestInbox.create();
        BehaviorTestKit<Clock.Command> clock =
                BehaviorTestKit.create(Clock.create(new ChipSettings(5, 1, 2, 1), MODEL));
        clock.run(new Clock.PipelineReady(0, 0, MODEL, input.getRef()));
        clock.run(new Clock.PipelineReady(1, 0, MODEL, idle.getRef()));
        clock.run(submit(0, 10));
        Stamp first = stamp(input);
        clock.run(new Adopt(second));
        assertEquals(List.of(new Adopt(second)), idle.getAllReceived());
        assertFalse(input.hasMessages(), "it is in the midst of a sample");
        clock.run(new Clock.TickDone(first));
        assertEquals(MODEL, stamp(input).model());
        assertEquals(new Adopt(second), input.receiveMessage());
        clock.run(new Clock.PipelineLost(1, new IllegalStateException("injected")));
        clock.run(new Clock.PipelineReady(1, 1, MODEL, idle.getRef()));
        assertEquals(List.of(new Adopt(second)), idle.getAllReceived(), "it was built for the old one");
    }

    @Test
    void whereEveryPipelineIsWedgedNoSampleWaitsInVain() {
        BehaviorTestKit<Clock.Command> clock = clock(5, 1, 0);
        clock.run(submit(0, 10));
        clock.run(submit(1, 10));
        clock.run(Clock.Look.INSTANCE);
        clock.run(Clock.Look.INSTANCE);
        assertEquals(0, outcome(Clock.GivenUp.class).sample());
        Clock.GivenUp second = outcome(Clock.GivenUp.class);
        assertEquals(1, second.sample());
        assertTrue(String.valueOf(second.cause().getMessage()).contains("pipeline 0"));
    }

    @ParameterizedTest(name = "rerun with seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void holdsCreditInEachPipelineAndReportsEachSampleOnceWhateverThePipelinesDo(long seed) {
        new RandomPipelines(seed).runAll();
    }

    private BehaviorTestKit<Clock.Command> clock(int burst, int credit, int attempt) {
        BehaviorTestKit<Clock.Command> clock =
                BehaviorTestKit.create(Clock.create(new ChipSettings(burst, credit, 1, 1), MODEL));
        clock.run(new Clock.PipelineReady(0, attempt, MODEL, input.getRef()));
        return clock;
    }

    private static Stamp stamp(TestInbox<InputLayer.Command> input) {
        return assertInstanceOf(InputLayer.Tick.class, input.receiveMessage()).stamp();
    }

    private <T extends Clock.Outcome> T outcome(Class<T> type) {
        return assertInstanceOf(type, outcomes.receiveMessage());
    }

    private Clock.Submit submit(int sample, int timesteps) {
        return new Clock.Submit(0, new Sample(sample, new float[1]), timesteps, 1, outcomes.getRef());
    }

    static Inference inference(int sample) {
        return new Inference(sample, Decisions.of(1), 0, Lists.immutable.empty(), new float[1]);
    }
}
