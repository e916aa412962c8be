package dev.lamina.bench;

import dev.lamina.chip.ChipSettings;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSynapses;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * How the time of the event-driven run grows with its work.
 *
 * @param load what was run, in words
 * @param synops the synaptic operations of the whole run
 * @param time how long it took, on all threads
 */
public record Scaling(String load, long synops, Timed time) {

    /** Half of the samples; the first of the loads, which the others are compared with, takes so many. */
    private static int half(int samples) {
        return Math.max(1, samples / 2);
    }

    /** Half of the samples, then twice as many, twice the time steps, values half as large, and models swapped, in turn. */
    static ImmutableList<Scaling> measure(NetworkSynapses network, ChipSettings chip, EventRun.Load all, int rounds) {
        EventRun.Load base = with(all, half(all.samples()), all.timesteps(), 1);
        List<EventRun.Load> loads = List.of(
                base,
                with(all, 2 * base.samples(), all.timesteps(), 1),
                with(all, base.samples(), 2 * all.timesteps(), 1),
                with(all, base.samples(), all.timesteps(), 0.5f),
                base);
        List<String> names = List.of(
                "half of the samples",
                "twice the samples",
                "twice the time steps",
                "half as bright",
                "a model swapped every " + EventRun.SWAP_MILLIS + " ms");
        List<List<Double>> seconds =
                loads.stream().<List<Double>>map(load -> new ArrayList<>()).toList();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < loads.size(); i++) {
                boolean swapping = i == loads.size() - 1;
                EventRun run = swapping
                        ? EventRun.swapping(network, chip, loads.get(i))
                        : EventRun.of(network, chip, loads.get(i), false);
                seconds.get(i).add(run.seconds());
            }
        }
        List<Scaling> found = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            found.add(new Scaling(names.get(i), synops(network, chip, loads.get(i)), Timed.of(seconds.get(i))));
        }
        return Lists.immutable.ofAll(found);
    }

    private static EventRun.Load with(EventRun.Load load, int samples, int timesteps, float brightness) {
        return new EventRun.Load(
                samples,
                sample -> {
                    float[] values = load.source().apply(sample);
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= brightness;
                    }
                    return values;
                },
                timesteps,
                load.seed(),
                load.results());
    }

    private static long synops(NetworkSynapses network, ChipSettings chip, EventRun.Load load) {
        Inference[] inferences = new Inference[load.samples()];
        EventRun.of(network, chip, load.keeping(inferences), false);
        long synops = 0;
        for (Inference inference : inferences) {
            synops += inference.layers().sumOfLong(LayerCounts::synops);
        }
        return synops;
    }
}
