package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.Inference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of a run, message by message: in whatever order it hears of its samples, it hands them on in order. */
class RunTest {

    private static final ChipSettings SETTINGS = new ChipSettings(5, 2, 2, 1);

    private final TestInbox<Clock.Command> clock = TestInbox.create();
    private final CompletableFuture<Integer> finished = new CompletableFuture<>();
    private final List<Integer> reported = new ArrayList<>();

    @ParameterizedTest(name = "rerun with seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void handsResultsOnInOrderHoweverTheyCome(long seed) {
        Random random = new Random(seed);
        int[] samples = random.ints(40, 0, 10).toArray();
        BehaviorTestKit<Run.Command> run = run(samples);
        List<Clock.Submit> open = submitted();
        while (!open.isEmpty()) {
            Collections.shuffle(open, random);
            done(run, open.remove(0));
            open.addAll(submitted());
        }
        assertEquals(IntStream.of(samples).boxed().toList(), reported);
        assertEquals(samples.length, finished.join());
        assertTrue(!run.isAlive());
    }

    @Test
    void oneSlowSampleHoldsBackResultsOnlyUpToABound() {
        int ahead = Run.ahead(order(new int[0]), SETTINGS);
        BehaviorTestKit<Run.Command> run = run(IntStream.range(0, 5 * ahead).toArray());
        List<Clock.Submit> open = submitted();
        assertEquals(ahead, open.size());
        open.subList(1, ahead).forEach(submit -> done(run, submit));
        assertEquals(List.of(), submitted(), "no more is submitted while the first is out");
        assertEquals(List.of(), reported);
        done(run, open.get(0));
        assertEquals(IntStream.range(0, ahead).boxed().toList(), reported);
        assertEquals(ahead, submitted().size());
    }

    @Test
    void submitsEnoughThatOnePipelineNeverWaitsForItsOwnResults() {
        assertEquals(3, Run.ahead(order(new int[0]), new ChipSettings(10, 2, 1, 1)), "two in flight and the next");
        assertEquals(2, Run.ahead(order(new int[0]), new ChipSettings(1, 4, 1, 1)), "a part of one and the next");
    }

    @Test
    void aSampleGivenUpEndsTheRunAfterTheSamplesBeforeIt() {
        BehaviorTestKit<Run.Command> run = run(new int[] {6, 7, 8});
        List<Clock.Submit> open = submitted();
        IllegalStateException cause = new IllegalStateException("injected");
        done(run, open.get(2));
        run.run(new Run.Heard(new Clock.GivenUp(1, 7, cause)));
        assertTrue(run.isAlive() && !finished.isDone(), "sample 6 may yet be done");
        done(run, open.get(0));
        assertEquals(List.of(6), reported);
        assertTrue(!run.isAlive());
        CompletionException e = assertThrows(CompletionException.class, finished::join);
        assertSame(cause, e.getCause().getCause());
    }

    @Test
    void aSampleThatCannotBeReadEndsTheRunAfterTheSamplesBeforeIt() {
        IllegalStateException cause = new IllegalStateException("unreadable");
        RunOrder order = new RunOrder(
                new int[] {4, 5, 6},
                index -> {
                    if (index == 6) {
                        throw cause;
                    }
                    return new float[1];
                },
                5,
                1,
                answer -> reported.add(answer.inference().sample()));
        BehaviorTestKit<Run.Command> run =
                BehaviorTestKit.create(Run.create(order, SETTINGS, clock.getRef(), finished));
        List<Clock.Submit> open = submitted();
        assertEquals(2, open.size());
        done(run, open.get(1));
        assertTrue(!finished.isDone(), "its listener will yet be called");
        done(run, open.get(0));
        assertEquals(List.of(4, 5), reported);
        assertSame(
                cause, assertThrows(CompletionException.class, finished::join).getCause());
        assertTrue(!run.isAlive());
    }

    @Test
    void anErrorOfTheSourceOrTheListenerEndsTheRunAsWell() {
        OutOfMemoryError injected = new OutOfMemoryError("injected");
        RunOrder unreadable = new RunOrder(
                new int[] {4},
                index -> {
                    throw injected;
                },
                5,
                1,
                answer -> {});
        BehaviorTestKit<Run.Command> run =
                BehaviorTestKit.create(Run.create(unreadable, SETTINGS, clock.getRef(), finished));
        assertTrue(!run.isAlive());
        CompletableFuture<ActorRef<Run.Command>> never = new CompletableFuture<>();
        assertSame(injected, assertThrows(OutOfMemoryError.class, () -> new RunHandle(never, finished).join()));

        CompletableFuture<Integer> heard = new CompletableFuture<>();
        RunOrder deaf = new RunOrder(new int[] {4}, index -> new float[1], 5, 1, answer -> {
            throw injected;
        });
        done(
                BehaviorTestKit.create(Run.create(deaf, SETTINGS, clock.getRef(), heard)),
                submitted().get(0));
        assertSame(
                injected, assertThrows(CompletionException.class, heard::join).getCause());
    }

    @Test
    void aRunOfNothingIsDoneAtOnce() {
        assertTrue(!run(new int[0]).isAlive());
        assertEquals(0, finished.join());
    }

    @Test
    void aCancelledRunHandsOnWhatItHasSubmittedAndNoMore() {
        int ahead = Run.ahead(order(new int[0]), SETTINGS);
        BehaviorTestKit<Run.Command> run = run(IntStream.range(0, 5 * ahead).toArray());
        List<Clock.Submit> open = submitted();
        done(run, open.get(1));
        run.run(Run.Cancel.INSTANCE);
        done(run, open.get(0));
        assertEquals(List.of(), submitted());
        open.subList(2, ahead).forEach(submit -> done(run, submit));
        assertEquals(ahead, finished.join());
        assertEquals(IntStream.range(0, ahead).boxed().toList(), reported);
    }

    private BehaviorTestKit<Run.Command> run(int[] samples) {
        return BehaviorTestKit.create(Run.create(order(samples), SETTINGS, clock.getRef(), finished));
    }

    private RunOrder order(int[] samples) {
        return new RunOrder(
                samples,
                i -> new float[1],
                5,
                1,
                answer -> reported.add(answer.inference().sample()));
    }

    private List<Clock.Submit> submitted() {
        List<Clock.Submit> submits = new ArrayList<>();
        clock.getAllReceived().forEach(message -> submits.add((Clock.Submit) message));
        return submits;
    }

    private static void done(BehaviorTestKit<Run.Command> run, Clock.Submit submit) {
        Inference inference =
                new Inference(submit.sample().index(), Decisions.of(1), 0, Lists.immutable.empty(), new float[1]);
        run.run(new Run.Heard(new Clock.Simulated(submit.position(), new Answer(inference, ClockTest.MODEL))));
    }
}
