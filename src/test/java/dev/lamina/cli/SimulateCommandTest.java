package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateCommandTest {

    private static final String QUICKSTART = "sim-configs/quickstart.conf";

    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    private Path folder;

    @Test
    void jsonIsOneDocumentAndTheSameEveryTime() throws JsonProcessingException {
        JsonNode first = json(QUICKSTART, "--limit", 20, "--timesteps", 10);
        JsonNode second = json(QUICKSTART, "--limit", 20, "--timesteps", 10);
        assertEquals(counts(first), counts(second));
        assertEquals(20, first.get("samples").asInt());
        assertEquals(10, first.get("accuracy_by_timestep").size());
        assertEquals(
                ModelFile.sha256(Path.of("models", "lenet5-digits.safetensors")),
                first.at("/model/sha256").asText());
        assertEquals("drawn-digits", first.get("dataset").asText());
        assertTrue(first.get("synops").asLong() > 0);
        assertTrue(first.get("accuracy").asDouble() >= 0.5, "a trained network guesses no better than chance");
    }

    @Test
    void resultsDoNotDependOnTheChipsSettings() throws IOException {
        Path model = TinyModels.spiking(folder);
        ObjectNode plain = counts(json(CommandRun.config(folder, model, "drawn-digits", "limit = 15")));
        String chip = "limit = 15, chip { burst = 1, credit = 2, pipelines = 3, threads = 2 }";
        JsonNode other = json(CommandRun.config(folder, model, "drawn-digits", chip));
        assertEquals(plain, counts(other));
        String settings = other.get("chip").asText();
        assertTrue(settings.startsWith("burst 1, credit 2, pipelines 3, threads 2, "), settings);
    }

    @Test
    void optionsGoBeforeTheConfiguration() throws IOException {
        Path model = TinyModels.spiking(folder);
        Path config = CommandRun.config(
                folder, folder.resolve("absent"), "drawn-digits", "limit = 9, timesteps = 3, seed = 5");
        JsonNode configured = json(config, "--model", model);
        assertEquals(9, configured.get("samples").asInt());
        assertEquals(3, configured.get("timesteps").asInt());
        assertEquals(5, configured.get("seed").asInt());
        JsonNode given = json(config, "--model", model, "--limit", 4, "--timesteps", 2, "--seed", 6);
        assertEquals(4, given.get("samples").asInt());
        assertEquals(2, given.get("timesteps").asInt());
        assertEquals(6, given.get("seed").asInt());
    }

    @Test
    void modelsOwnTimestepsAreTheDefaultAndTheSeedMatters() throws IOException {
        Path config = CommandRun.config(folder, TinyModels.spiking(folder), "drawn-digits", "limit = 4");
        JsonNode one = json(config, "--seed", 1);
        assertEquals(5, one.get("timesteps").asInt());
        assertNotEquals(one.get("input"), json(config, "--seed", 2).get("input"));
    }

    @Test
    void fixedPointIsChosenByConfigurationOrOption() throws IOException {
        Path model = TinyModels.spiking(folder);
        Path config = CommandRun.config(folder, model, "drawn-digits", "limit = 4, arithmetic = fixed16");
        JsonNode fixed = json(config);
        assertEquals("fixed16", fixed.get("arithmetic").asText());
        JsonNode floats = json(config, "--arithmetic", "float32");
        assertEquals("float32", floats.get("arithmetic").asText());
        assertEquals(floats.get("input"), fixed.get("input"));
    }

    @Test
    void limitBeyondTheDataIsAllOfIt() throws IOException {
        Path config = CommandRun.config(folder, TinyModels.spiking(folder), "drawn-digits", "timesteps = 1");
        assertEquals(2000, json(config, "--limit", 1_000_000).get("samples").asInt());
    }

    @Test
    void limitMayBeLargerThanAnyNumberOfTimestepsButTimestepsMayNot() throws IOException {
        Path config = CommandRun.config(folder, TinyModels.spiking(folder), "drawn-digits", "timesteps = 1");
        assertEquals(2000, json(config, "--limit", 2_000_000).get("samples").asInt());
        CommandRun.of("simulate", config, "--timesteps", 2_000_000)
                .assertComplaint(2, "--timesteps is 2000000: command line: give it a whole number from 1 to 1000000");
    }

    /** JSON names energies by their profile, so one of the two would be lost. */
    @Test
    void twoProfilesOfOneNameAreRefused() throws IOException {
        Files.writeString(folder.resolve("mine.conf"), """
                name = loihi, description = d, source = s, leaves-out = l
                synapse { accumulate-picojoules = 1, multiply-accumulate-picojoules = 1 }
                neuron { update-picojoules = 0 }
                """);
        Path config = CommandRun.config(
                folder, TinyModels.spiking(folder), "drawn-digits", "limit = 1, profiles = [loihi, mine.conf]");
        CommandRun.of("simulate", config)
                .assertComplaint(2, "two hardware profiles have the name 'loihi'", "own another 'name'");
    }

    @Test
    void fixedPointRefusesAPoolThatItsNumbersCanNotAdd() throws IOException {
        String definition = """
                name = wide, input { channels = 1, height = 28, width = 28 }
                layers = [
                  { type = conv, name = c, channels = 8, kernel = 101, padding = 100 }
                  { type = average-pool, name = p, kernel = 128 }
                  { type = flatten, name = flat }
                  { type = linear, name = out, outputs = 10 }
                ]
                """;
        Path model = TinyModels.spiking(folder, definition);
        Path config = CommandRun.config(folder, model, "drawn-digits", "limit = 1, timesteps = 1");
        CommandRun.of("simulate", config).assertDone();
        CommandRun.of("simulate", config, "--arithmetic", "fixed16")
                .assertComplaint(2, "layer 'out' is behind a pool of 128", "choose the arithmetic float32");
    }

    @Test
    void ownProfileIsFoundBesideTheConfigurationAndAnalogInputMultiplies() throws IOException {
        Files.writeString(folder.resolve("own.conf"), """
                name = own, description = d, source = s, leaves-out = l
                synapse { accumulate-picojoules = 0, multiply-accumulate-picojoules = 1 }
                neuron { update-picojoules = 0 }
                """);
        Path config = CommandRun.config(
                folder,
                TinyModels.spiking(folder),
                "drawn-digits",
                "limit = 1, encoder = direct, profiles = [own.conf]");
        JsonNode root = json(config);
        double analog = root.at("/layers/0/synops").asLong() * 1e-12;
        assertTrue(analog > 0);
        assertEquals(analog, root.at("/energy_joules/own").asDouble(), analog * 1e-12);
    }

    @Test
    void textNamesTheEssentials() {
        CommandRun run = CommandRun.of("simulate", QUICKSTART, "--limit", 2, "--timesteps", 3)
                .assertDone();
        assertEquals("", run.err());
        for (String part : List.of(
                "lenet5 on drawn-digits (test): 2 samples, T = 3, poisson encoder, float32, seed 1\n"
                        + "model models/lenet5-digits.safetensors, sha256 ",
                "conv3",
                "accuracy",
                "loihi")) {
            assertTrue(run.out().contains(part), run.out());
        }
    }

    private static JsonNode json(Object config, Object... options) throws JsonProcessingException {
        Object[] words = new Object[options.length + 3];
        words[0] = "simulate";
        words[1] = config;
        words[2] = "--json";
        System.arraycopy(options, 0, words, 3, options.length);
        CommandRun run = CommandRun.of(words).assertDone();
        assertEquals("", run.err());
        return STRICT.readTree(run.out());
    }

    /** All but what depends on the machine and on how the chip was run. */
    private static ObjectNode counts(JsonNode document) {
        ObjectNode counts = document.deepCopy();
        return counts.remove(List.of("wall_seconds", "samples_per_second", "synops_per_second", "chip", "command"));
    }
}
