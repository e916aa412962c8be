package dev.lamina.activity;

import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.SpikeObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/*
 * A layer is simulated by one thread at a time, but each by another, and all of a pass's are done before its result appears; so a
 * population's batch needs no lock. A sample that is run again, after a failure in the chip, has batches of its own for each pass, since
 * stages that hung in the last one may go on beside the next. What they still send is dropped, also after the result was taken.
 */
/**
 * Collects the spikes of the samples that are under way in a chip, until somebody takes them. It holds the spikes of no more samples
 * than the chip has in flight if each is taken when its result appears. One run at a time, without a sample twice, for it knows
 * samples by their index. Thread-safe.
 */
public final class SpikeCollector implements SpikeObserver {

    /** What has been seen of a pass of a sample. */
    private record Pass(long number, List<SpikeBatch> batches) {}

    private final int populations;
    private final Map<Integer, Pass> underWay = new ConcurrentHashMap<>();
    /** The passes whose spikes were taken, by sample. */
    private final Map<Integer, Long> taken = new ConcurrentHashMap<>();

    /** Collects for a network of {@code spikingLayers} layers and an input. */
    public SpikeCollector(int spikingLayers) {
        populations = spikingLayers + 1;
    }

    @Override
    public void spikes(int layer, int sample, long pass, int firstTick, SpikeBatch spikes) {
        Pass latest = underWay.compute(sample, (key, known) -> latest(key, known, pass));
        if (latest != null && latest.number == pass) {
            latest.batches.get(layer - INPUT).append(spikes);
        }
    }

    /** The later of the pass that is known and the one that is seen; null if a later one was taken. */
    private @Nullable Pass latest(int sample, @Nullable Pass known, long seen) {
        if (known != null) {
            return known.number >= seen ? known : new Pass(seen, batches());
        }
        return taken.getOrDefault(sample, Long.MIN_VALUE) > seen ? null : new Pass(seen, batches());
    }

    /**
     * The spikes of a sample whose result has appeared; they are forgotten here.
     *
     * @throws IllegalStateException if no spikes of that sample were seen
     */
    public SampleSpikes take(int sample) {
        Pass[] found = new Pass[1];
        underWay.computeIfPresent(sample, (key, known) -> {
            taken.put(key, known.number);
            found[0] = known;
            return null;
        });
        if (found[0] == null) {
            throw new IllegalStateException("sample " + sample + " was not simulated");
        }
        List<SpikeBatch> collected = found[0].batches;
        return new SampleSpikes(sample, collected.get(0).ticks(), collected);
    }

    private List<SpikeBatch> batches() {
        List<SpikeBatch> batches = new ArrayList<>(populations);
        for (int i = 0; i < populations; i++) {
            batches.add(new SpikeBatch());
        }
        return batches;
    }
}
