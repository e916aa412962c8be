package dev.lamina.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.data.Dataset;
import dev.lamina.data.DrawnDigits;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every sample that is asked for comes to with every model that is pushed: computed beforehand by the simulator, on one thread
 * and by the plainest kernel, which is not the server's. Immutable and thread-safe.
 */
final class Expectations {

    /** T of all requests. */
    static final int TIMESTEPS = 20;

    /** The seed of all requests. */
    static final long SEED = 1;

    /** How many samples clients have that the server has not: drawn digits of the other split. */
    static final int OWN = 50;

    /** The index of the first of them. */
    static final int FIRST_OWN = 100_000;

    private static final int BURST = 25;

    private final Dataset own = digits(Split.TRAIN, OWN);
    private final int served;
    private final Map<String, Map<Integer, Inference>> byModel = new HashMap<>();

    /**
     * Runs all samples.
     *
     * @param served how many samples of the server's data set, from the first on, are asked for
     */
    Expectations(List<Path> models, int served) {
        this.served = served;
        Dataset data = digits(Split.TEST, served);
        for (Path file : models) {
            SpikingModel model = ModelFile.readSpiking(file);
            NetworkSimulator simulator = new NetworkSimulator(NetworkSynapses.of(model, Kernels.scalar()), BURST);
            Map<Integer, Inference> known = new HashMap<>();
            for (int i = 0; i < served; i++) {
                known.put(i, simulator.run(model.preprocessing().apply(data, i), SEED, i, TIMESTEPS));
            }
            for (int i = 0; i < OWN; i++) {
                int index = FIRST_OWN + i;
                known.put(index, simulator.run(model.preprocessing().apply(own, i), SEED, index, TIMESTEPS));
            }
            byModel.put(ModelFile.sha256(file), known);
        }
    }

    /** The first drawn digits of a split. */
    static Dataset digits(Split split, int count) {
        byte[] pixels = new byte[count * DrawnDigits.SHAPE.size()];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) DrawnDigits.label(split, i);
            DrawnDigits.draw(split, i, pixels, i * DrawnDigits.SHAPE.size());
        }
        return new Dataset(DrawnDigits.NAME, DrawnDigits.SHAPE, DrawnDigits.CLASSES, pixels, labels);
    }

    /** How many samples of the server's data set are asked for, from the first on. */
    int served() {
        return served;
    }

    /** The samples that the server has not. */
    Dataset own() {
        return own;
    }

    /** What is wrong with the line that answers a sample; empty if it is right. */
    Optional<String> objection(int sample, JsonNode line) {
        Inference expected = byModel.getOrDefault(line.path("model_sha256").asText(), Map.of())
                .get(sample);
        if (expected == null) {
            return Optional.of("a model that nobody pushed");
        }
        float[] margins = expected.decisions().margins();
        JsonNode predictions = line.path("predictions_by_timestep");
        boolean right = line.path("sample").asInt(-1) == sample
                && line.path("prediction").asInt(-1) == expected.prediction()
                && (float) line.path("margin").asDouble(-1) == margins[margins.length - 1]
                && line.path("spikes").asLong(-1) == expected.layers().sumOfLong(LayerCounts::spikes)
                && line.path("synops").asLong(-1) == expected.layers().sumOfLong(LayerCounts::synops)
                && (predictions.isMissingNode() || same(predictions, expected.predictions()));
        return right ? Optional.empty() : Optional.of("not what the simulator says of sample " + sample);
    }

    private static boolean same(JsonNode array, int[] expected) {
        boolean same = array.size() == expected.length;
        for (int i = 0; same && i < expected.length; i++) {
            same = array.get(i).asInt(-1) == expected[i];
        }
        return same;
    }
}
