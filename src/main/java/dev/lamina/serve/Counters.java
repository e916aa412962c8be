package dev.lamina.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.network.Projection;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import java.util.Arrays;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;

/** What all samples since the start came to, layer by layer. Thread-safe. */
final class Counters {

    private final List<String> names;
    private final LayerCounts[] layers;
    private long samples;
    private long timesteps;
    private long inputEvents;

    /** @param projections those of the model, whose layers keep their shapes whatever model follows */
    Counters(Iterable<Projection> projections) {
        names = Lists.immutable.ofAll(projections).collect(Projection::name).castToList();
        layers = new LayerCounts[names.size()];
        Arrays.fill(layers, LayerCounts.ZERO);
    }

    synchronized void add(Inference inference) {
        samples++;
        timesteps += inference.predictions().length;
        inputEvents += inference.inputEvents();
        for (int i = 0; i < layers.length; i++) {
            layers[i] = layers[i].plus(inference.layers().get(i));
        }
    }

    synchronized ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("samples", samples)
                .put("timesteps", timesteps)
                .put("input_events", inputEvents);
        ArrayNode array = root.putArray("layers");
        for (int i = 0; i < layers.length; i++) {
            array.addObject()
                    .put("name", names.get(i))
                    .put("spikes", layers[i].spikes())
                    .put("synops", layers[i].synops())
                    .put("neuron_updates", layers[i].neuronUpdates());
        }
        return root;
    }
}
