package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.lamina.data.Encoder;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Flatten;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.SpikeObserver;
import java.util.List;
import java.util.Random;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The stages of the pipeline, one actor at a time. */
class StageTest {

    private static final ActorTestKit KIT = ActorTestKit.create();

    private final NetworkSynapses network = NetworkSynapses.of(model(), Kernels.fastest());
    private final ModelVersion model = ModelVersion.first(network);
    private final TestProbe<SpikingLayer.Command> next = KIT.createTestProbe();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void theInputCountsItsEventsAndReportsThemWithTheLastBatch() {
        ActorRef<InputLayer.Command> input =
                KIT.spawn(InputLayer.create(network.input(), SpikeObserver.NONE, 2, next.getRef()));
        Sample sample = new Sample(4, new float[] {1, 0, 1});
        input.tell(new InputLayer.Tick(new Stamp(4, 4, model, 0, 0, 0, 2, 3, 0), sample, 1));
        Spikes first = next.expectMessageClass(Spikes.class);
        assertEquals(4, first.batch().count(), "two inputs of 1 fire at both time steps");
        assertEquals(0, first.inputEvents());
        input.tell(new InputLayer.Tick(new Stamp(4, 4, model, 0, 0, 2, 1, 3, 1), sample, 1));
        assertEquals(6, next.expectMessageClass(Spikes.class).inputEvents());
    }

    @Test
    void aLayerPassesSilenceOn() {
        ActorRef<SpikingLayer.Command> layer = layer();
        Stamp stamp = new Stamp(0, 0, model, 0, 0, 0, 3, 6, 0);
        layer.tell(new Spikes(stamp, silence(3), 0, Lists.immutable.empty()));
        Spikes out = next.expectMessageClass(Spikes.class);
        assertEquals(stamp, out.stamp());
        assertEquals(3, out.batch().ticks());
        assertEquals(0, out.batch().count());
        assertTrue(out.counts().isEmpty(), "counts travel with the last batch only");
        layer.tell(new Spikes(new Stamp(0, 0, model, 0, 0, 3, 3, 6, 1), silence(3), 0, Lists.immutable.empty()));
        assertEquals(
                List.of(new LayerCounts(0, 0, 4 * 6)),
                next.expectMessageClass(Spikes.class).counts().castToList());
    }

    @Test
    void aLayerStoppedInMidSampleBeginsTheNextSampleAfresh() {
        ActorRef<SpikingLayer.Command> layer = layer();
        layer.tell(new Spikes(new Stamp(0, 0, model, 0, 0, 0, 2, 4, 0), everything(2), 0, Lists.immutable.empty()));
        next.expectMessageClass(Spikes.class);
        layer.tell(new Spikes(new Stamp(1, 1, model, 0, 0, 0, 1, 2, 1), silence(1), 0, Lists.immutable.empty()));
        assertEquals(0, next.expectMessageClass(Spikes.class).batch().count());
        layer.tell(new Spikes(new Stamp(1, 1, model, 0, 0, 1, 1, 2, 0), silence(1), 7, Lists.immutable.empty()));
        Spikes last = next.expectMessageClass(Spikes.class);
        assertEquals(List.of(new LayerCounts(0, 0, 8)), last.counts().castToList());
        assertEquals(7, last.inputEvents());
    }

    @Test
    void theReadoutTellsTheClockOfEveryBatchAndOfTheSample() {
        TestProbe<Clock.Command> clock = KIT.createTestProbe();
        ActorRef<SpikingLayer.Command> readout = KIT.spawn(Readout.create(model, clock.getRef()));
        Stamp first = new Stamp(5, 5, model, 0, 0, 0, 2, 3, 0);
        Stamp last = new Stamp(5, 5, model, 0, 0, 2, 1, 3, 1);
        readout.tell(new Spikes(first, silence(2), 0, Lists.immutable.empty()));
        clock.expectMessage(new Clock.TickDone(first));
        readout.tell(new Spikes(last, silence(1), 9, Lists.immutable.of(LayerCounts.ZERO)));
        clock.expectMessage(new Clock.TickDone(last));
        Clock.SampleDone done = clock.expectMessageClass(Clock.SampleDone.class);
        assertEquals(5, done.inference().sample());
        assertEquals(9, done.inference().inputEvents());
        assertArrayEquals(new int[] {0, 0, 0}, done.inference().predictions());
        assertEquals(2, done.inference().layers().size());
    }

    @Test
    void anAdoptedVersionGoesFromStageToStage() {
        ModelVersion second = new ModelVersion(2, "", network);
        ActorRef<SpikingLayer.Command> layer = layer();
        ActorRef<InputLayer.Command> input =
                KIT.spawn(InputLayer.create(network.input(), SpikeObserver.NONE, 2, layer));
        input.tell(new Adopt(second));
        next.expectMessage(new Adopt(second));
    }

    private ActorRef<SpikingLayer.Command> layer() {
        return KIT.spawn(SpikingLayer.create(0, model, SpikeObserver.NONE, 2, next.getRef()));
    }

    private static SpikeBatch silence(int ticks) {
        SpikeBatch batch = new SpikeBatch();
        for (int tick = 0; tick < ticks; tick++) {
            batch.endTick();
        }
        return batch;
    }

    private static SpikeBatch everything(int ticks) {
        SpikeBatch batch = new SpikeBatch();
        for (int tick = 0; tick < ticks; tick++) {
            for (int i = 0; i < 3; i++) {
                batch.add(i);
            }
            batch.endTick();
        }
        return batch;
    }

    /** Three inputs, four hidden neurons, two classes, without bias or initial potential. */
    private static SpikingModel model() {
        Network network = Network.of(
                "tiny", Shape.flat(3), List.of(new Flatten("flatten"), new Linear("hidden", 4), new Linear("out", 2)));
        for (long seed = 0; ; seed++) {
            SpikingModel model =
                    RandomModels.model(network, NeuronModel.INTEGRATE_AND_FIRE, Encoder.POISSON, new Random(seed));
            if (model.populations().allSatisfy(p -> p.bias() == null && p.initialPotential() == null)) {
                return model;
            }
        }
    }
}
