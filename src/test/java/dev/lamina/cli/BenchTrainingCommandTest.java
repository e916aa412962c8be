package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchTrainingCommandTest {

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Path model = Path.of("");
    private Path recipe = Path.of("");

    @BeforeEach
    void write() throws IOException {
        data = TinyData.mnist(folder);
        model = TinyModels.spiking(folder);
        recipe = Files.writeString(folder.resolve("tiny.conf"), "network {\n" + TinyModels.DEFINITION + "}\n" + """
                training {
                  dataset = mnist, epochs = 1, batch = 10, validation { size = 10 }
                  optimiser { type = adam, learning-rate = 0.01 }
                }
                fine-tuning {
                  dataset = mnist, timesteps = 4, epochs = 2, batch = 10, validation { size = 10 }
                  optimiser { type = adam, learning-rate = 0.01 }
                }
                """);
    }

    @Test
    void eachWayIsTimedAndItsMemoryMeasuredByItself() throws IOException {
        CommandRun run = CommandRun.of(
                        "bench-training", model, "--recipe", recipe, "--data", data, "--rounds", 1, "--json")
                .assertDone();
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertEquals(10, result.at("/batch").intValue());
        assertEquals(3, result.at("/ways").size());
        for (JsonNode way : result.at("/ways")) {
            assertTrue(way.at("/samples_per_second").doubleValue() > 0, run.out());
            assertTrue(way.at("/bytes").longValue() > 0, run.out());
        }
        assertTrue(result.at("/gradient_deviation").doubleValue() < 1e-4, run.out());
    }

    @Test
    void oneWayAlone() {
        CommandRun run = CommandRun.of(
                        "bench-training", model, "--recipe", recipe, "--data", data, "--only", "autograd")
                .assertDone();
        assertTrue(run.out().contains("tiny, T = 4, batch 10, 5 rounds"), run.out());
        assertTrue(run.out().contains("autograd over all time steps, float32"), run.out());
    }

    @Test
    void withoutAModelTheWeightsAreDrawn() throws IOException {
        CommandRun run = CommandRun.of("bench-training", "--recipe", recipe, "--data", data, "--only", "stdb-float32")
                .assertDone();
        assertTrue(run.out().contains("tiny, drawn weights, T = 4, batch 10, 5 rounds"), run.out());
        CommandRun all = CommandRun.of("bench-training", "--recipe", recipe, "--data", data, "--rounds", 1, "--json")
                .assertDone();
        assertEquals(3, new ObjectMapper().readTree(all.out()).at("/ways").size());
    }

    @Test
    void noRecipeIsOneLine() {
        CommandRun.of("bench-training", model, "--data", data).assertComplaint(2, "--recipe");
    }
}
