package dev.lamina.activity;

import dev.lamina.sim.SpikeBatch;
import dev.lamina.sim.SpikeObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/*
 * A layer is simulated by one thread at a time, but each by another, and all of a sample's are done before its result appears; so a
 * population's batch needs no lock. A sample that is run again, after a failure in the chip, begins anew at its first time step.
 */
/**
 * Collects the spikes of the samples that are under way in a chip, until somebody takes them. It holds no more samples than the
 * chip has in flight if each is taken when its result appears. Thread-safe.
 */
public final class SpikeCollector implements SpikeObserver {

    private final int populations;
    private final Map<Integer, List<SpikeBatch>> underWay = new ConcurrentHashMap<>();

    /** Collects for a network of {@code spikingLayers} layers and an input. */
    public SpikeCollector(int spikingLayers) {
        populations = spikingLayers + 1;
    }

    @Override
    public void spikes(int layer, int sample, int firstTick, SpikeBatch spikes) {
        SpikeBatch collected =
                underWay.computeIfAbsent(sample, unused -> batches()).get(layer - INPUT);
        if (firstTick == 0) {
            collected.clear();
        }
        collected.append(spikes);
    }

    /**
     * The spikes of a sample whose result has appeared; they are forgotten here.
     *
     * @throws IllegalStateException if no spikes of that sample were seen
     */
    public SampleSpikes take(int sample) {
        List<SpikeBatch> collected = underWay.remove(sample);
        if (collected == null) {
            throw new IllegalStateException("sample " + sample + " was not simulated");
        }
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
