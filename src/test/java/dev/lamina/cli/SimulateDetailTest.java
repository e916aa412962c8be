package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code simulate} tells beyond accuracy and counts. */
final class SimulateDetailTest {

    private static final String QUICKSTART = "sim-configs/quickstart.conf";
    private static final int SAMPLES = 6;
    private static final int TIMESTEPS = 12;

    @TempDir
    private Path folder;

    private CommandRun run(Object... more) {
        Object[] words = new Object[more.length + 6];
        Object[] first = {"simulate", QUICKSTART, "--limit", SAMPLES, "--timesteps", TIMESTEPS};
        System.arraycopy(first, 0, words, 0, first.length);
        System.arraycopy(more, 0, words, first.length, more.length);
        return CommandRun.of(words);
    }

    @Test
    void aReportThatIsNotFinishedHasNoPageOfAnother() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), "of an earlier run");
        Files.createDirectories(folder.resolve("run.json/in-the-way"));
        CommandRun run = run("--report", folder);
        assertEquals(1, run.status());
        assertTrue(run.err().contains("run.json"), run.err());
        assertTrue(run.out().contains("accuracy"), "what was counted is told all the same");
        assertFalse(Files.exists(page));
    }

    @Test
    void reportIsAFolderWhoseFiguresAgree() throws IOException {
        Path reports = folder.resolve("a").resolve("b");
        CommandRun run = run("--report", reports, "--exit-margin", 2, "--raster-sample", 3)
                .assertDone();
        assertTrue(run.err().contains("report.html"), run.err());
        for (String part : new String[] {"stopped at a margin of 2.00", "on loihi: 10 of 128 cores"}) {
            assertTrue(run.out().contains(part), run.out());
        }
        assertTrue(Files.size(reports.resolve("report.html")) > 100_000);
        JsonNode root = new ObjectMapper().readTree(reports.resolve("run.json").toFile());
        assertTrue(root.get("command").asText().startsWith("./lamina simulate"));
        long synops = 0;
        for (JsonNode layer : root.get("layers")) {
            assertEquals(
                    sum(layer.get("synops_by_timestep")), layer.get("synops").asLong());
            assertTrue(layer.get("touched_neuron_updates").asLong()
                    <= layer.get("neuron_updates").asLong());
            if (layer.has("spikes_by_timestep")) {
                assertEquals(
                        sum(layer.get("spikes_by_timestep")),
                        layer.get("spikes").asLong());
                assertEquals(
                        sum(layer.at("/rate_histogram/neurons")),
                        layer.get("neurons").asLong());
            }
            synops += layer.get("synops").asLong();
        }
        JsonNode anytime = root.get("anytime");
        assertEquals(TIMESTEPS, anytime.get("accuracy").size());
        assertEquals(root.get("accuracy_by_timestep"), anytime.get("accuracy"));
        assertEquals(
                (double) synops / SAMPLES,
                anytime.get("synops").get(TIMESTEPS - 1).asDouble(),
                1e-6);
        double joules = root.at("/energy_joules/loihi").asDouble();
        assertEquals(joules, anytime.at("/energy/loihi").get(TIMESTEPS - 1).asDouble(), 1e-9 * joules);
        assertTrue(anytime.at("/exit/mean_timesteps").asDouble() <= TIMESTEPS);
        assertTrue(anytime.at("/exit/energy/loihi").asDouble() <= joules);
        double parts = 0;
        for (JsonNode layer : root.at("/energy/1/layers")) {
            parts += layer.get("total").asDouble();
        }
        assertEquals(joules, parts, 1e-9 * joules);
        assertEquals(3, root.at("/raster/sample").asInt());
        assertEquals(SAMPLES, sum(root.at("/confusion/counts")));
        long placed = 0;
        for (JsonNode core : root.at("/mapping/0/cores")) {
            placed += core.get("synops").asLong();
        }
        assertEquals(synops, placed, "every synaptic operation has a core");
    }

    private static long sum(JsonNode array) {
        long sum = 0;
        for (JsonNode one : array) {
            sum += one.isArray() ? sum(one) : one.asLong();
        }
        return sum;
    }

    @Test
    void countsAreTheSameWithAndWithoutAReport() throws IOException {
        Path reports = folder.resolve("report");
        run("--report", reports).assertDone();
        JsonNode detailed =
                new ObjectMapper().readTree(reports.resolve("run.json").toFile());
        JsonNode plain = new ObjectMapper().readTree(run("--json").assertDone().out());
        for (String key : new String[] {"accuracy_by_timestep", "input", "spikes", "synops", "neuron_updates"}) {
            assertEquals(plain.get(key), detailed.get(key), key);
        }
    }

    @Test
    void recordingHoldsWhatWasChosen() throws IOException {
        Path file = folder.resolve("spikes.npz");
        run("--record", file, "--record-layers", "conv1,fc1", "--record-samples", 2)
                .assertDone();
        assertTrue(Files.size(file) > 0);
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing else is left in the folder");
        }
    }

    @Test
    void whatMakesNoSenseIsToldInOneLine() {
        Path file = Path.of("pom.xml");
        run("--report", file)
                .assertComplaint(1, "cannot write a report there: pom.xml", "choose another folder (Not a directory)");
        run("--report", "").assertComplaint(2, "--report", "it is empty");
        run("--raster-sample", 1).assertComplaint(2, "add --report DIR");
        for (int sample : new int[] {-1, 1_000_000}) {
            run("--report", folder, "--raster-sample", sample)
                    .assertComplaint(2, "--raster-sample is " + sample, "one of the samples that are run");
        }
        run("--exit-margin", -1).assertComplaint(2, "--exit-margin is -1.0");
        run("--record-layers", "conv1").assertComplaint(2, "add --record FILE.npz");
        run("--record-samples", 0, "--record", folder.resolve("x.npz")).assertComplaint(2, "--record-samples is 0");
        Path recording = folder.resolve("y.npz");
        run("--record", recording, "--record-layers", "conv9").assertComplaint(2, "conv9");
        assertFalse(Files.exists(recording));
    }
}
