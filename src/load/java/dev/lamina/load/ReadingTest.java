package dev.lamina.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.LayerCounts;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is wrong with an answer is seen. */
final class ReadingTest {

    private static final Path MODEL = LoadRun.MODELS.get(0);
    private static final int[] SAMPLES = {0, 1};

    private static final Expectations EXPECTATIONS = new Expectations(List.of(MODEL), SAMPLES.length);
    private static final List<ObjectNode> RIGHT = List.of(right(0), right(1));

    private final Versions versions = new Versions();
    private final Reading reading = new Reading(EXPECTATIONS, versions);

    @Test
    void aRightAnswerIsLeftAlone() {
        assertEquals(Optional.empty(), objection(line(0), line(1)));
    }

    @Test
    void samplesThatAreMissingTwiceOrElsewhereAreSeen() {
        assertObjection("1 lines for 2 samples", line(0));
        assertObjection("3 lines for 2 samples", line(0), line(1), line(1));
        assertObjection("sample 1", line(0), line(0));
        assertObjection("sample 0", line(1), line(0));
    }

    @Test
    void wrongAnswersAreSeen() {
        assertObjection("sample 0", line(0, line -> line.put("prediction", 11)), line(1));
        assertObjection("sample 0", line(0, line -> line.put("margin", 0.5)), line(1));
        assertObjection("sample 0", line(0, line -> line.put("spikes", 1)), line(1));
        assertObjection("sample 0", line(0, line -> line.put("synops", 1)), line(1));
        assertObjection(
                "sample 0",
                line(0, line -> line.putArray("predictions_by_timestep").add(1)),
                line(1));
        assertObjection("an error", line(0), line(1, line -> line.put("error", "no")));
        assertObjection("not JSON", line(0), line(1).substring(9));
    }

    @Test
    void versionsThatAreWrongAreSeen() {
        assertObjection(
                "nobody pushed", line(0, line -> line.put("model_sha256", "f00").put("model_version", 9)), line(1));
        assertEquals(Optional.empty(), objection(line(0), line(1, line -> line.put("model_version", 2))));
        assertTrue(versions.agree(3, "another file"));
        assertObjection("version 3 is two files", line(0), line(1, line -> line.put("model_version", 3)));
        versions.pushed(2);
        assertObjection("a version before 2", line(0), line(1));
    }

    private Optional<String> objection(String... lines) {
        return reading.objection(List.of(lines), SAMPLES, versions.newest());
    }

    private void assertObjection(String part, String... lines) {
        String objection = objection(lines).orElse("none");
        assertTrue(objection.contains(part), objection);
    }

    private static String line(int sample) {
        return line(sample, line -> {});
    }

    private static String line(int sample, Consumer<ObjectNode> change) {
        ObjectNode line = RIGHT.get(sample).deepCopy();
        change.accept(line);
        return line.toString();
    }

    private static ObjectNode right(int sample) {
        SpikingModel model = ModelFile.readSpiking(MODEL);
        Inference right = new NetworkSimulator(NetworkSynapses.of(model, Kernels.scalar()), 1)
                .run(
                        model.preprocessing().apply(Expectations.digits(Split.TEST, 2), sample),
                        Expectations.SEED,
                        sample,
                        Expectations.TIMESTEPS);
        return JsonNodeFactory.instance
                .objectNode()
                .put("sample", sample)
                .put("prediction", right.prediction())
                .put("margin", right.decisions().margins()[Expectations.TIMESTEPS - 1])
                .put("spikes", right.layers().sumOfLong(LayerCounts::spikes))
                .put("synops", right.layers().sumOfLong(LayerCounts::synops))
                .put("model_version", 1)
                .put("model_sha256", ModelFile.sha256(MODEL));
    }
}
