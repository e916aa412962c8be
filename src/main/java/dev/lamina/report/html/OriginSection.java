package dev.lamina.report.html;

import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.List;

/** How the run was made, so that it can be made again. */
final class OriginSection {

    private OriginSection() {}

    private record Line(String key, String name, String value) {}

    static Section of(RunDocument run) {
        RunNode root = run.root();
        List<Line> lines = new ArrayList<>();
        add(lines, root, "command", "command");
        root.object("model").ifPresent(model -> {
            add(lines, model, "file", "model file");
            add(lines, model, "sha256", "its SHA-256");
            add(lines, model, "network", "network");
        });
        add(lines, root, "dataset", "data set");
        add(lines, root, "split", "part of it");
        lines.add(new Line("samples", "samples", Quantity.count(run.samples())));
        lines.add(new Line("timesteps", "time steps (T)", Quantity.count(run.timesteps())));
        root.optionalNumber("seed")
                .ifPresent(seed -> lines.add(
                        new Line("seed", "seed", Quantity.number(seed, 0).replace(",", ""))));
        add(lines, root, "encoder", "encoder");
        add(lines, root, "arithmetic", "arithmetic");
        add(lines, root, "chip", "simulated on");
        add(lines, root, "machine", "machine");
        root.optionalNumber("wall_seconds")
                .ifPresent(s -> lines.add(new Line(
                        "wall_seconds", "took", s < 60 ? Quantity.number(s, 1) + " s" : Quantity.duration(s))));
        root.optionalNumber("synops_per_second")
                .ifPresent(s ->
                        lines.add(new Line("synops_per_second", "simulated speed", Quantity.scaled(s, "synops/s"))));
        DataTable table = new DataTable.Of<Line>()
                .column("key", "", line -> new Cell(line.name(), line.key()))
                .column("value", "", line -> Cell.text(line.value()))
                .table("run", "The run", DataTable.Place.OPEN, lines);
        return new Section(
                "origin",
                "How it was run",
                "With the same model, seed and program the same figures come out, to the last bit; only the speed is the machine's.",
                List.of(table));
    }

    private static void add(List<Line> lines, RunNode node, String key, String name) {
        node.optionalText(key).ifPresent(text -> lines.add(new Line(key, name, text)));
    }
}
