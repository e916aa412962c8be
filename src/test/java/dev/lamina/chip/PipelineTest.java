package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeObserver;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Pipelines under one clock: what one of them tells it, and that it is nothing to the other. */
class PipelineTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int FAILING = 9;

    private final SpikingModel model = RandomModels.model(3);
    private final ModelVersion version = ModelVersion.first(NetworkSynapses.of(model, Kernels.fastest()));
    private final TestProbe<Clock.Command> clock = KIT.createTestProbe();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void aFailureTakesOnlyItsOwnPipelineWithIt() {
        SpikeObserver faulty = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == 0 && sample == FAILING) {
                throw new IllegalStateException("injected");
            }
        };
        Clock.PipelineReady zero = spawn(0, faulty);
        Clock.PipelineReady one = spawn(1, faulty);
        Stamp begun = tick(one, 5, 0, 4);
        clock.expectMessage(new Clock.TickDone(begun));

        tick(zero, FAILING, 0, 4);
        Clock.PipelineLost lost = clock.expectMessageClass(Clock.PipelineLost.class);
        assertEquals(0, lost.pipeline());
        assertEquals("injected", SampleFailure.origin(lost.cause()).getMessage());
        Clock.PipelineReady anew = clock.expectMessageClass(Clock.PipelineReady.class);
        assertEquals(0, anew.pipeline());
        assertEquals(1, anew.attempt());

        Stamp ended = tick(one, 5, 2, 4);
        clock.expectMessage(new Clock.TickDone(ended));
        assertEquals(
                5,
                clock.expectMessageClass(Clock.SampleDone.class).inference().sample(),
                "the other pipeline has kept the sample it was in the midst of");
        Stamp again = tick(anew, 6, 0, 4);
        clock.expectMessage(new Clock.TickDone(again));
        clock.expectNoMessage(Duration.ZERO);
    }

    private Clock.PipelineReady spawn(int pipeline, SpikeObserver observer) {
        KIT.spawn(Pipeline.create(pipeline, version, 2, observer, clock.getRef()));
        Clock.PipelineReady ready = clock.expectMessageClass(Clock.PipelineReady.class);
        assertEquals(pipeline, ready.pipeline());
        assertEquals(0, ready.attempt());
        return ready;
    }

    private Stamp tick(Clock.PipelineReady pipeline, int sample, int firstTick, int timesteps) {
        Stamp stamp =
                new Stamp(sample, sample, version, pipeline.pipeline(), pipeline.attempt(), firstTick, 2, timesteps, 0);
        pipeline.input().tell(new InputLayer.Tick(stamp, new Sample(sample, RandomModels.sample(model, sample)), 1));
        return stamp;
    }
}
