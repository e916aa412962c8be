package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.model.AnnModel;
import dev.lamina.model.ModelFile;
import dev.lamina.model.Provenance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {

    private static final Path LENET5 = Path.of("models", "lenet5-digits.safetensors");

    @Test
    void showsTheEssentials() {
        CommandRun run = CommandRun.of("inspect", LENET5).assertDone();
        assertEquals("", run.err());
        for (String part : new String[] {
            ModelFile.sha256(LENET5).substring(0, 12),
            "lenet5, a spiking network: 61,470 weights, 6,518 neurons, input 1 x 32 x 32, 416,520 multiply-accumulates",
            "poisson encoder, leak 1.0, soft reset, propagation in the same step",
            "6 x 28 x 28  16 x 10 x 10  pool 2, 5x5    2,400",
            "history, on drawn-digits:\n  trained ",
        }) {
            assertTrue(run.out().contains(part), "no '" + part + "' in " + run.out());
        }
        for (String layer : new String[] {"conv1", "conv2", "conv3", "fc1", "fc2"}) {
            assertTrue(run.out().contains("\n  " + layer + " "), run.out());
        }
    }

    @Test
    void jsonIsOneDocument() throws JsonProcessingException {
        JsonNode root = json(LENET5);
        assertEquals(ModelFile.sha256(LENET5), root.get("sha256").asText());
        assertEquals("spiking", root.get("kind").asText());
        assertEquals(61_470, root.get("weights").asInt());
        assertEquals(5, root.get("layers").size());
        assertTrue(root.at("/layers/0/thresholds/0").asDouble() > 0);
        assertTrue(root.at("/layers/4/thresholds").isMissingNode());
    }

    @Test
    void ordinaryNetworkHasNoThresholds(@TempDir Path folder) throws JsonProcessingException {
        Path ann = TinyModels.ann(folder);
        String text = CommandRun.of("inspect", ann).assertDone().out();
        assertTrue(text.contains("tiny, an ordinary network (ANN): 472 weights"), text);
        assertEquals("ann", json(ann).get("kind").asText());
        assertTrue(json(ann).at("/layers/0/thresholds").isMissingNode());
    }

    /** Whoever made a file must not rewrite what stands on the terminal of whoever inspects it. */
    @Test
    void whatAFileSaysOfItselfDoesNotDriveTheTerminal(@TempDir Path folder) {
        AnnModel tiny = ModelFile.readAnn(TinyModels.ann(folder));
        Path evil = folder.resolve("evil.safetensors");
        ModelFile.write(
                evil,
                new AnnModel(
                        tiny.network(),
                        tiny.weights(),
                        tiny.preprocessing(),
                        Provenance.of("digits\u001b[2A", 1, "trained\u001b]0;title\u0007\u2028well")));
        String text = CommandRun.of("inspect", evil).assertDone().out();
        assertTrue(text.contains("history, on digits [2A:\n  trained ]0;title well\n"), text);
        assertTrue(text.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n'), text);
    }

    private static JsonNode json(Path file) throws JsonProcessingException {
        CommandRun run = CommandRun.of("inspect", file, "--json").assertDone();
        assertEquals("", run.err());
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(run.out());
    }
}
