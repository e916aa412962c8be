package dev.lamina.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.sim.SpikeBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Spikes put together again from the batches that a chip sends. */
final class SpikeCollectorTest {

    private final SpikeCollector collector = new SpikeCollector(1);

    @Test
    void batchesAreOneSample() {
        collector.spikes(-1, 7, 1, 0, batch(new int[] {1, 3}, new int[] {}));
        collector.spikes(0, 7, 1, 0, batch(new int[] {0}, new int[] {2}));
        SpikeBatch signed = new SpikeBatch();
        signed.add(5, -1);
        signed.endTick();
        collector.spikes(-1, 7, 1, 2, signed);
        collector.spikes(0, 7, 1, 2, batch(new int[] {4, 6}));
        SampleSpikes spikes = collector.take(7);
        assertEquals(3, spikes.timesteps());
        assertArrayEquals(new int[] {1, 3, 5}, Arrays.copyOf(spikes.input().indices(), 3));
        assertArrayEquals(new float[] {1, 1, -1}, Arrays.copyOf(spikes.input().payloads(), 3));
        assertArrayEquals(new int[] {0, 2, 4, 6}, Arrays.copyOf(spikes.outOf(0).indices(), 4));
        assertEquals(2, spikes.outOf(0).from(2));
        assertEquals(4, spikes.outOf(0).to(2));
        assertEquals(spikes.input(), spikes.into(0));
        assertThrows(IllegalStateException.class, () -> collector.take(7));
    }

    @Test
    void aSampleThatIsRunAgainCountsOnce() {
        collector.spikes(-1, 1, 3, 0, batch(new int[] {1, 3}));
        collector.spikes(-1, 1, 3, 1, batch(new int[] {9}));
        collector.spikes(-1, 1, 4, 0, batch(new int[] {1, 3}));
        collector.spikes(0, 1, 4, 0, batch(new int[] {2}));
        assertEquals(2, collector.take(1).input().count());
    }

    @Test
    void whatAPassThatWasGivenUpStillSendsIsDropped() {
        collector.spikes(-1, 1, 3, 0, batch(new int[] {1, 3}));
        collector.spikes(-1, 1, 5, 0, batch(new int[] {1, 3}));
        collector.spikes(-1, 1, 3, 1, batch(new int[] {9}));
        collector.spikes(0, 1, 5, 0, batch(new int[] {2}));
        collector.spikes(0, 1, 3, 0, batch(new int[] {8}));
        SampleSpikes spikes = collector.take(1);
        assertEquals(1, spikes.timesteps());
        assertEquals(2, spikes.input().count());
        assertEquals(2, spikes.outOf(0).indices()[0]);
        collector.spikes(-1, 1, 3, 2, batch(new int[] {9}));
        assertThrows(IllegalStateException.class, () -> collector.take(1));
        collector.spikes(-1, 1, 6, 0, batch(new int[] {1}));
        assertEquals(1, collector.take(1).input().count(), "another run of the same sample");
    }

    private static SpikeBatch batch(int[]... ticks) {
        SpikeBatch batch = new SpikeBatch();
        for (int[] tick : ticks) {
            for (int index : tick) {
                batch.add(index);
            }
            batch.endTick();
        }
        return batch;
    }
}
