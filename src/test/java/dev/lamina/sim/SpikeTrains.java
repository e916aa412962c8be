package dev.lamina.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Records every spike of a simulation and compares it with the reference. Thread-safe. */
public final class SpikeTrains implements SpikeObserver {

    private record Key(int layer, int sample) {}

    private final Map<Key, TreeMap<Integer, List<String>>> trains = new ConcurrentHashMap<>();

    @Override
    public void spikes(int layer, int sample, long pass, int firstTick, SpikeBatch spikes) {
        TreeMap<Integer, List<String>> train = trains.computeIfAbsent(new Key(layer, sample), key -> new TreeMap<>());
        for (int tick = 0; tick < spikes.ticks(); tick++) {
            List<String> events = new ArrayList<>();
            for (int n = spikes.from(tick); n < spikes.to(tick); n++) {
                events.add(event(spikes.indices()[n], spikes.unitPayloads() ? 1f : spikes.payloads()[n]));
            }
            synchronized (train) {
                train.put(firstTick + tick, events);
            }
        }
    }

    /** Fails unless a sample's spikes, predictions, potentials and counts are those of the reference, to the bit. */
    public void assertEqualTo(ReferenceSimulator.Run expected, Inference actual, String context) {
        int layers = expected.spikes().size() - 1;
        for (int layer = 0; layer < layers; layer++) {
            float[][] train = expected.spikes().get(layer);
            long total = 0;
            for (int tick = 0; tick < train.length; tick++) {
                List<String> events = new ArrayList<>();
                for (int i = 0; i < train[tick].length; i++) {
                    if (train[tick][i] != 0) {
                        events.add(event(i, train[tick][i]));
                    }
                }
                total += events.size();
                String where = context + ", population " + layer + ", time step " + tick;
                assertEquals(
                        events, trains.get(new Key(layer - 1, actual.sample())).get(tick), where);
            }
            long counted = layer == 0
                    ? actual.inputEvents()
                    : actual.layers().get(layer - 1).spikes();
            assertEquals(total, counted, context + ", spikes of population " + layer);
        }
        for (int layer = 0; layer < layers; layer++) {
            assertEquals(
                    expected.synops()[layer],
                    actual.layers().get(layer).synops(),
                    context + ", synops of layer " + layer);
            assertEquals(
                    (long) expected.spikes().get(layer + 1)[0].length * expected.predictions().length,
                    actual.layers().get(layer).neuronUpdates(),
                    context + ", neuron updates of layer " + layer);
        }
        assertArrayEquals(expected.predictions(), actual.predictions(), context);
        assertArrayEquals(expected.potentials(), actual.potentials(), context);
    }

    private static String event(int index, float payload) {
        return index + ":" + payload;
    }
}
