package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Some models of one network, and what each says to the drawn digits. For one thread. */
final class ServedAnswers {

    private static final Path FIRST = Path.of("models/lenet5-digits.safetensors");
    private static final int MODELS = 4;
    private static final int BURST = 25;

    private final Dataset digits = Datasets.open("drawn-digits", Split.TEST, Optional.empty());
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, SpikingModel> models = new HashMap<>();
    private final Map<String, NetworkSimulator> simulators = new HashMap<>();
    private final Map<String, Inference> expected = new HashMap<>();

    /** The model that the server starts with, and some more, which are written to a folder. */
    ServedAnswers(Path folder) {
        SpikingModel first = ModelFile.readSpiking(FIRST);
        add(FIRST, first);
        for (int i = 1; i < MODELS; i++) {
            Path file = folder.resolve("pushed-" + i + ".safetensors");
            SpikingModel model = brighter(first, 1 + i / 8f);
            ModelFile.write(file, model);
            add(file, model);
        }
    }

    private void add(Path file, SpikingModel model) {
        files.put(ModelFile.sha256(file), file);
        models.put(ModelFile.sha256(file), model);
    }

    /** With larger weights in the first layer. */
    private static SpikingModel brighter(SpikingModel model, float factor) {
        List<float[]> tensors = new ArrayList<>();
        for (int layer = 0; layer < model.weights().size(); layer++) {
            float[] weights = model.weights().tensor(layer).clone();
            for (int i = 0; layer == 0 && i < weights.length; i++) {
                weights[i] *= factor;
            }
            tensors.add(weights);
        }
        return model.withWeights(Weights.of(model.network(), tensors));
    }

    /** The files of the models, that of the first one first. */
    List<Path> files() {
        return List.copyOf(files.values());
    }

    /** The file with a digest. */
    Path file(String sha256) {
        return Objects.requireNonNull(files.get(sha256), sha256);
    }

    /** Holds a line of the server's to what the simulator says of the model that the line names. */
    void check(JsonNode line, int timesteps, long seed) {
        String text = line.toString();
        int sample = line.path("sample").asInt(-1);
        String sha256 = line.path("model_sha256").asText();
        SpikingModel model = models.get(sha256);
        assertNotNull(model, text);
        Inference inference = expected.computeIfAbsent(
                sha256 + " " + sample + " " + timesteps + " " + seed,
                unused -> simulators
                        .computeIfAbsent(
                                sha256,
                                one -> new NetworkSimulator(NetworkSynapses.of(model, Kernels.fastest()), BURST))
                        .run(model.preprocessing().apply(digits, sample), seed, sample, timesteps));
        float[] margins = inference.decisions().margins();
        assertEquals(inference.prediction(), line.path("prediction").asInt(-1), text);
        assertEquals(digits.label(sample), line.path("label").asInt(-1), text);
        assertEquals(
                margins[margins.length - 1],
                Float.parseFloat(line.path("margin").asText()),
                text);
        assertEquals(
                inference.layers().sumOfLong(LayerCounts::spikes),
                line.path("spikes").asLong(),
                text);
        assertEquals(
                inference.layers().sumOfLong(LayerCounts::synops),
                line.path("synops").asLong(),
                text);
    }
}
