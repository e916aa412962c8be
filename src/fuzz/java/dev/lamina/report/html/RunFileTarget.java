package dev.lamina.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code run.json} of a simulation: the sections and tables that are made of it, and the comparison with another run as
 * {@code compare} makes it.
 */
public final class RunFileTarget implements FuzzTarget {

    /** Numbers that a list of a seed keeps. */
    private static final int KEPT = 3;

    private final Scratch scratch;
    private final Path first;

    /** Makes the folder. */
    public RunFileTarget() throws IOException {
        scratch = new Scratch();
        first = scratch.file("first.json", run(2).toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        ObjectNode run = run(1);
        seeds.add(run.toString().getBytes(StandardCharsets.UTF_8));
        for (String key : RunNode.root(run, "seed").keys()) {
            ObjectNode seed = RunFixture.leastRun();
            seed.set(key, run.get(key));
            seeds.add(seed.toString().getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    /** A run with all keys and short lists. */
    private static ObjectNode run(long seed) {
        ObjectNode run = RunFixture.run(seed);
        shorten(run, KEPT);
        return run;
    }

    private static void shorten(JsonNode node, int kept) {
        if (node instanceof ArrayNode list) {
            while (list.size() > kept) {
                list.remove(kept);
            }
        }
        // A histogram has an edge more than bars.
        node.properties()
                .forEach(entry -> shorten(entry.getValue(), entry.getKey().equals("edges") ? KEPT + 1 : KEPT));
        if (node.isArray()) {
            node.forEach(item -> shorten(item, KEPT));
        }
    }

    @Override
    public void parse(byte[] input) throws IOException {
        Path file = scratch.file("run.json", input);
        RunDocument run = RunDocument.of(RunNode.root(RunFile.read(file), "fuzz"));
        Headline.of(run);
        RunReport.sections(run).stream().flatMap(Section::tables).forEach(Csv::render);
        RunComparison comparison = RunComparison.read(List.of(first, file));
        comparison.text();
        comparison.json();
    }
}
