package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Firing rates and synaptic operations, layer by layer. */
final class LayerSection {

    private static final List<String> COUNTS = List.of(
            "events_in",
            "accumulates",
            "multiply_accumulates",
            "touched_neuron_updates",
            "weight_bytes_read",
            "membrane_bytes_read",
            "membrane_bytes_written");

    private LayerSection() {}

    static Section of(RunDocument run) {
        List<Block> blocks = new ArrayList<>();
        boolean spiking = !run.spikingLayers().isEmpty();
        if (spiking) {
            blocks.add(bars(
                    "firing-rates",
                    "Firing rate: spikes a neuron and time step",
                    "firing rate (%)",
                    run.spikingLayers(),
                    LayerFigures::rate,
                    Scale.PERCENT,
                    Chart.Width.HALF));
        }
        double largest = run.layers().stream()
                .mapToDouble(layer -> run.perSample(layer.synops()))
                .max()
                .orElse(0);
        Scale scale = Scale.upTo(largest, "");
        blocks.add(bars(
                "synops",
                "Synaptic operations of a sample",
                scale.axis("synops/sample"),
                run.layers(),
                layer -> run.perSample(layer.synops()),
                scale,
                spiking ? Chart.Width.HALF : Chart.Width.FULL));
        blocks.add(table(run));
        if (run.layers().stream().anyMatch(layer -> COUNTS.stream().anyMatch(layer.node()::has))) {
            blocks.add(counts(run));
        }
        blocks.add(overTime(run));
        return new Section("layers", "Layer by layer", lead(run), blocks);
    }

    private static String lead(RunDocument run) {
        double total = run.layers().stream().mapToDouble(LayerFigures::synops).sum();
        LayerFigures most = run.layers().stream()
                .max(Comparator.comparingLong(LayerFigures::synops))
                .orElseThrow();
        return "A spike costs nothing by itself; it makes its targets add a weight each, a synaptic operation (synop)."
                + (run.spikingLayers().isEmpty()
                        ? " The bars tell where the work is: "
                        : " So the bars on the right, not those on the left, tell where the work is: ")
                + most.name()
                + (total > 0 ? " does " + Quantity.percent(most.synops() / total) + " of it." : " does none.");
    }

    private static Chart bars(
            String name,
            String title,
            String axis,
            List<LayerFigures> layers,
            ToDoubleFunction<LayerFigures> value,
            Scale scale,
            Chart.Width width) {
        ArrayNode values = Json.array();
        double largest = 0;
        for (LayerFigures layer : layers) {
            double shown = scale.of(value.applyAsDouble(layer));
            largest = Math.max(largest, shown);
            Series.labelled(values.addObject().put("value", shown), Quantity.number(shown, shown < 10 ? 2 : 1));
        }
        // Room for the number beside the longest bar.
        ChartOption option = new ChartOption(List.of())
                .below(Axis.value(axis).from(0).intervals(4))
                .left(Axis.category("", layers.stream().map(LayerFigures::name).toList())
                        .downwards()
                        .allLabels(true))
                .series(Series.bar(title, values))
                .tellsBars();
        option.base().withObject("/grid").put("right", 56);
        return new Chart(name, title, option.build(), 60 + 34 * Math.max(2, layers.size()), width);
    }

    private static DataTable table(RunDocument run) {
        record Row(LayerFigures layer, boolean input) {}
        double total = Math.max(
                1, run.layers().stream().mapToDouble(LayerFigures::synops).sum());
        List<Row> rows = new ArrayList<>();
        run.root().object("input").ifPresent(input -> rows.add(new Row(LayerFigures.input(input), true)));
        run.layers().forEach(layer -> rows.add(new Row(layer, false)));
        return new DataTable.Of<Row>()
                .column("layer", "layer", row -> Cell.text(row.layer().name()))
                .column("neurons", "neurons", row -> Cell.count(row.layer().neurons()))
                .column(
                        "spikes_per_sample",
                        "spikes/sample",
                        row -> fires(row.layer(), mean(run, row.layer().spikes())))
                .column(
                        "rate",
                        "firing rate",
                        row -> fires(row.layer(), Cell.percent(row.layer().rate())))
                .column(
                        "synops_per_sample",
                        "synops/sample",
                        row -> row.input() ? Cell.NONE : mean(run, row.layer().synops()))
                .column(
                        "synops_share",
                        "share of synops",
                        row -> row.input()
                                ? Cell.NONE
                                : Cell.percent(row.layer().synops() / total))
                .column(
                        "neuron_updates_per_sample",
                        "neuron updates/sample",
                        row -> row.input() ? Cell.NONE : mean(run, row.layer().neuronUpdates()))
                .table("layers", "Layers", DataTable.Place.OPEN, rows);
    }

    private static Cell fires(LayerFigures layer, Cell cell) {
        return layer.readout() ? Cell.NONE : cell;
    }

    private static Cell mean(RunDocument run, long sum) {
        double mean = run.perSample(sum);
        return Cell.number(mean, mean < 1000 ? 1 : 0);
    }

    private static DataTable counts(RunDocument run) {
        DataTable.Of<LayerFigures> table =
                new DataTable.Of<LayerFigures>().column("layer", "layer", layer -> Cell.text(layer.name()));
        for (String key : COUNTS) {
            table.column(
                    run.layers().stream().anyMatch(layer -> layer.node().has(key)),
                    key + "_per_sample",
                    key.replace('_', ' '),
                    layer -> layer.node().has(key) ? mean(run, layer.node().count(key)) : Cell.NONE);
        }
        return table.table("layer-counts", "All counts, for a sample", DataTable.Place.FOLDED, run.layers());
    }

    /** A line for each layer and time step. */
    private static DataTable overTime(RunDocument run) {
        record Step(String layer, int step, double spikes, double synops) {}
        List<Step> steps = new ArrayList<>();
        for (LayerFigures layer : run.layers()) {
            double[] spikes = layer.node().numbers("spikes_by_timestep");
            double[] synops = layer.node().numbers("synops_by_timestep");
            for (int i = 0; i < Math.max(spikes.length, synops.length); i++) {
                steps.add(new Step(
                        layer.name(),
                        i + 1,
                        i < spikes.length ? run.perSample(spikes[i]) : 0,
                        i < synops.length ? run.perSample(synops[i]) : 0));
            }
        }
        return new DataTable.Of<Step>()
                .column("layer", "layer", step -> Cell.text(step.layer()))
                .column("timestep", "time step", step -> Cell.count(step.step()))
                .column("spikes_per_sample", "spikes/sample", step -> Cell.number(step.spikes(), 2))
                .column("synops_per_sample", "synops/sample", step -> Cell.number(step.synops(), 2))
                .table("layers-over-time", "Layers over time", DataTable.Place.FILE, steps);
    }
}
