package dev.lamina.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code run.json} of a simulation, up to the sections and tables that are made of it. */
public final class RunFileTarget implements FuzzTarget {

    /** Numbers that a list of a seed keeps. */
    private static final int KEPT = 3;

    private final Scratch scratch;

    /** Makes the folder. */
    public RunFileTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        ObjectNode run = RunFixture.run(1);
        shorten(run, KEPT);
        seeds.add(run.toString().getBytes(StandardCharsets.UTF_8));
        for (String key : RunNode.root(run, "seed").keys()) {
            ObjectNode seed = RunFixture.leastRun();
            seed.set(key, run.get(key));
            seeds.add(seed.toString().getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
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
        RunNode root = RunNode.root(RunFile.read(scratch.file("run.json", input)), "fuzz");
        RunDocument run = RunDocument.of(root);
        Headline.of(run);
        RunReport.sections(run).stream().flatMap(Section::tables).forEach(Csv::render);
    }
}
