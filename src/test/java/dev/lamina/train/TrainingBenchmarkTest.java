package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.io.Settings;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import dev.lamina.train.TrainingBenchmark.Way;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingBenchmarkTest {

    private static final Dataset IMAGES = TinyNetworks.noise(new Shape(1, 8, 8), 3, 20, 5);

    @ParameterizedTest
    @ValueSource(strings = {"type = linear", "type = spike-timing, silence = nothing", "type = spike-timing"})
    void bothWaysMakeTheSameGradient(String surrogate) {
        TrainingBenchmark.Result result = TrainingBenchmark.run(
                model(), recipe(surrogate), IMAGES, List.of(Way.values()), 2, () -> {}, () -> false);

        assertEquals(3, result.costs().size());
        result.costs().forEach(cost -> assertTrue(cost.median() > 0 && cost.seconds().length == 2));
        assertTrue(result.deviation() < 1e-4, "the gradients differ by " + result.deviation());
    }

    @Test
    void stopsBetweenGradients() {
        TrainingBenchmark.Result result = TrainingBenchmark.run(
                model(), recipe("type = linear"), IMAGES, List.of(Way.values()), 2, () -> {}, () -> true);

        assertTrue(result.costs().isEmpty());
    }

    private static SpikingModel model() {
        return BackwardPassTest.model(TinyNetworks.CLASSIFIER, NeuronModel.INTEGRATE_AND_FIRE, new Random(2), 0.6f, 9);
    }

    private static FineTuningRecipe recipe(String surrogate) {
        return FineTuningRecipe.parse(Settings.parse("""
                dataset = noise, timesteps = 100, epochs = 1, batch = 8, validation { size = 4 }
                optimiser { type = adam, learning-rate = 0.001 }
                surrogate { %s }
                """.formatted(surrogate), "test"));
    }
}
