package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Pipelines of random speed, one of which fails now and then and another hangs until the clock has given it up, under a real clock;
 * they check what it tells them.
 */
final class RandomPipelines {

    private static final int SAMPLES = 30;

    /** What a pipeline has in flight, and which batch it expects next. */
    private static final class Fake {
        private final TestInbox<InputLayer.Command> input = TestInbox.create();
        private final ArrayDeque<Stamp> inFlight = new ArrayDeque<>();
        private int attempt;
        private int sample;
        private int nextTick;
    }

    private final Random random;
    private final ChipSettings settings;
    private final BehaviorTestKit<Clock.Command> clock;
    private final TestInbox<Clock.Outcome> outcomes = TestInbox.create();
    private final List<Fake> pipelines = new ArrayList<>();
    /** A sample in flight at three failures would be given up, and so would all samples where every pipeline hangs. */
    private int failures = Clock.MAX_ATTEMPTS - 1;

    /** The pipeline that may hang; it says what it did when the clock has long forgotten. */
    private int hanging;

    RandomPipelines(long seed) {
        random = new Random(seed);
        settings = new ChipSettings(1 + random.nextInt(5), 1 + random.nextInt(8), 1 + random.nextInt(4), 1);
        clock = BehaviorTestKit.create(Clock.create(settings, ClockTest.MODEL));
    }

    void runAll() {
        for (int i = 0; i < settings.pipelines(); i++) {
            pipelines.add(new Fake());
            clock.run(new Clock.PipelineReady(
                    i, 0, ClockTest.MODEL, pipelines.get(i).input.getRef()));
        }
        for (int i = 0; i < SAMPLES; i++) {
            Sample sample = new Sample(100 + i, new float[1]);
            clock.run(new Clock.Submit(i, sample, 1 + random.nextInt(12), 1, outcomes.getRef()));
            takeTicks();
        }
        hanging = random.nextInt(pipelines.size());
        while (pipelines.stream().anyMatch(fake -> !fake.inFlight.isEmpty())) {
            int index = random.nextInt(pipelines.size());
            if (failures > 0 && pipelines.size() > 1 && random.nextInt(20) == 0) {
                hang();
            } else if (failures > 0 && random.nextInt(20) == 0) {
                fail(index);
            } else if (!pipelines.get(index).inFlight.isEmpty()) {
                finishBatch(pipelines.get(index));
            }
            takeTicks();
        }
        List<Integer> reported = outcomes.getAllReceived().stream()
                .map(outcome -> (Clock.Simulated) outcome)
                .peek(done -> assertEquals(
                        100 + done.position(), done.answer().inference().sample()))
                .map(Clock.Simulated::position)
                .sorted()
                .toList();
        assertEquals(IntStream.range(0, SAMPLES).boxed().toList(), reported, "each sample once");
    }

    private void finishBatch(Fake fake) {
        Stamp stamp = fake.inFlight.remove();
        clock.run(new Clock.TickDone(stamp));
        if (stamp.last()) {
            clock.run(new Clock.SampleDone(stamp, ClockTest.inference(stamp.sample())));
        }
    }

    /** All others make progress between two looks, or have nothing to do. */
    private void hang() {
        failures--;
        clock.run(Clock.Look.INSTANCE);
        for (int index = 0; index < pipelines.size(); index++) {
            if (index != hanging && !pipelines.get(index).inFlight.isEmpty()) {
                finishBatch(pipelines.get(index));
            }
        }
        takeTicks();
        clock.run(Clock.Look.INSTANCE);
        // What it begins when it has come back is a sample's first time step.
        pipelines.get(hanging).nextTick = 0;
        takeTicks();
    }

    private void fail(int index) {
        failures--;
        Fake fake = pipelines.get(index);
        clock.run(new Clock.PipelineLost(index, new IllegalStateException("injected")));
        // The dying pipeline's last words.
        for (Stamp stamp : fake.inFlight) {
            clock.run(new Clock.TickDone(stamp));
            clock.run(new Clock.SampleDone(stamp, ClockTest.inference(stamp.sample())));
        }
        fake.inFlight.clear();
        fake.nextTick = 0;
        fake.attempt++;
        clock.run(new Clock.PipelineReady(index, fake.attempt, ClockTest.MODEL, fake.input.getRef()));
    }

    private void takeTicks() {
        for (int index = 0; index < pipelines.size(); index++) {
            Fake fake = pipelines.get(index);
            for (InputLayer.Command command : fake.input.getAllReceived()) {
                Stamp stamp = ((InputLayer.Tick) command).stamp();
                assertEquals(index, stamp.pipeline());
                assertEquals(fake.attempt, stamp.attempt());
                assertEquals(fake.nextTick, stamp.firstTick());
                assertTrue(stamp.firstTick() == 0 || stamp.sample() == fake.sample, "a sample is wholly in a pipeline");
                assertTrue(
                        fake.inFlight.stream().noneMatch(other -> other.slot() == stamp.slot()),
                        "no slot in flight is used again");
                fake.inFlight.add(stamp);
                fake.sample = stamp.sample();
                fake.nextTick = stamp.last() ? 0 : stamp.firstTick() + stamp.ticks();
            }
            assertTrue(fake.inFlight.size() <= settings.credit(), "credit of pipeline " + index);
        }
    }
}
