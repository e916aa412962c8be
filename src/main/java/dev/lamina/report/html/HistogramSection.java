package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How firing is spread over the neurons and over time, with the neurons that never fire and those that always do. */
final class HistogramSection {

    private static final int PANEL = 64;

    /** Longer intervals are so rare that their bars would not be seen. */
    private static final double ISI_SHOWN = 0.995;

    private static final int MAX_INTERVALS = 60;

    private HistogramSection() {}

    /** Neurons by rate. */
    private record Rates(String layer, double[] edges, double[] neurons) {

        static Optional<Rates> of(LayerFigures layer) {
            return layer.node().object("rate_histogram").map(node -> {
                double[] edges = node.numbers("edges");
                double[] neurons = node.numbers("neurons");
                if (edges.length != neurons.length + 1) {
                    throw node.complaint("edges", "has not one entry more than 'neurons'");
                }
                return new Rates(layer.name(), edges, neurons);
            });
        }

        String bin(int i) {
            return percent(edges[i]) + "–" + percent(edges[i + 1]);
        }

        private static String percent(double part) {
            String text = Quantity.number(100 * part, 1);
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }
    }

    /** Intervals between spikes: how often 1, 2, 3 … time steps. */
    private record Intervals(String layer, double[] counts) {}

    static Optional<Section> of(RunDocument run) {
        List<LayerFigures> layers = run.spikingLayers();
        List<Rates> rates =
                layers.stream().flatMap(layer -> Rates.of(layer).stream()).toList();
        List<Intervals> intervals = layers.stream()
                .map(layer -> new Intervals(layer.name(), layer.node().numbers("isi_histogram")))
                .filter(layer -> layer.counts().length > 0)
                .toList();
        List<LayerFigures> known = layers.stream()
                .filter(layer ->
                        layer.node().has("silent_neurons") || layer.node().has("saturated_neurons"))
                .toList();
        List<Block> blocks = new ArrayList<>();
        if (!rates.isEmpty()) {
            blocks.add(rateChart(rates));
        }
        if (!intervals.isEmpty()) {
            blocks.add(intervalChart(intervals));
        }
        if (!known.isEmpty()) {
            blocks.add(extremes(known));
        }
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        blocks.add(rateTable(rates));
        blocks.add(intervalTable(intervals));
        return Optional.of(new Section(
                "firing",
                "How the neurons fire",
                "On the left the neurons of each layer by their firing rate: a tall first bar means that most are (nearly) silent,"
                        + " which saves energy. On the right the time between two spikes of the same neuron: bars at 1 are bursts,"
                        + " a long tail is slow, regular firing. Silent neurons did not fire in any sample and could be pruned;"
                        + " saturated ones fired nearly always, and their thresholds may be too low.",
                blocks));
    }

    private static Chart rateChart(List<Rates> rates) {
        Panels panels = new Panels(44, List.of());
        for (Rates layer : rates) {
            double[] share = shares(layer.neurons());
            List<String> bins = new ArrayList<>();
            for (int i = 0; i < share.length; i++) {
                bins.add(layer.bin(i));
            }
            panels.panel(
                    layer.layer() + ": neurons (%)",
                    PANEL,
                    Axis.category("firing rate (%)", bins),
                    Axis.value("").from(0).intervals(2),
                    List.of(bars(share, "--c1")));
        }
        return new Chart(
                "firing-rate-histograms", "Neurons by firing rate", panels.option(), panels.height(), Chart.Width.HALF);
    }

    private static Chart intervalChart(List<Intervals> intervals) {
        int shown = 1;
        for (Intervals layer : intervals) {
            double[] share = shares(layer.counts());
            double sum = 0;
            for (int i = 0; i < share.length && sum < 100 * ISI_SHOWN; i++) {
                sum += share[i];
                shown = Math.max(shown, i + 1);
            }
        }
        int length = Math.min(shown, MAX_INTERVALS);
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            labels.add(Integer.toString(i));
        }
        Panels panels = new Panels(44, List.of());
        for (Intervals layer : intervals) {
            panels.panel(
                    layer.layer() + ": intervals (%)",
                    PANEL,
                    Axis.category("time steps between two spikes", labels),
                    Axis.value("").from(0).intervals(2),
                    List.of(bars(Arrays.copyOf(shares(layer.counts()), length), "--c3")));
        }
        return new Chart(
                "interval-histograms", "Time between spikes", panels.option(), panels.height(), Chart.Width.HALF);
    }

    private static ObjectNode bars(double[] share, String colour) {
        ArrayNode values = Json.numbers(Arrays.stream(share).map(Scale::round).toArray());
        return Series.coloured(Series.bar("share (%)", values), colour).put("barCategoryGap", "12%");
    }

    private static double[] shares(double[] counts) {
        double sum = Arrays.stream(counts).sum();
        return Arrays.stream(counts)
                .map(count -> sum > 0 ? 100 * count / sum : 0)
                .toArray();
    }

    private static DataTable extremes(List<LayerFigures> layers) {
        return new DataTable.Of<LayerFigures>()
                .column("layer", "layer", layer -> Cell.text(layer.name()))
                .column("neurons", "neurons", layer -> Cell.count(layer.neurons()))
                .column(
                        "silent_neurons",
                        "silent",
                        layer -> Cell.count(layer.node().count("silent_neurons", 0)))
                .column("silent_share", "silent, share", layer -> share(layer, "silent_neurons"))
                .column(
                        "saturated_neurons",
                        "saturated",
                        layer -> Cell.count(layer.node().count("saturated_neurons", 0)))
                .column("saturated_share", "saturated, share", layer -> share(layer, "saturated_neurons"))
                .table("silent-and-saturated", "Silent and saturated neurons", DataTable.Place.OPEN, layers);
    }

    private static Cell share(LayerFigures layer, String key) {
        return Cell.percent((double) layer.node().count(key, 0) / Math.max(1, layer.neurons()));
    }

    private static DataTable rateTable(List<Rates> rates) {
        record Bin(String layer, double from, double to, double neurons) {}
        List<Bin> bins = new ArrayList<>();
        for (Rates layer : rates) {
            for (int i = 0; i < layer.neurons().length; i++) {
                bins.add(new Bin(layer.layer(), layer.edges()[i], layer.edges()[i + 1], layer.neurons()[i]));
            }
        }
        return new DataTable.Of<Bin>()
                .column("layer", "layer", bin -> Cell.text(bin.layer()))
                .column("rate_from", "from", bin -> Cell.number(bin.from(), 3))
                .column("rate_to", "to", bin -> Cell.number(bin.to(), 3))
                .column("neurons", "neurons", bin -> Cell.number(bin.neurons(), 0))
                .table("firing-rate-histograms", "Neurons by firing rate", DataTable.Place.FILE, bins);
    }

    private static DataTable intervalTable(List<Intervals> intervals) {
        record Interval(String layer, int timesteps, double count) {}
        List<Interval> rows = new ArrayList<>();
        for (Intervals layer : intervals) {
            for (int i = 0; i < layer.counts().length; i++) {
                rows.add(new Interval(layer.layer(), i + 1, layer.counts()[i]));
            }
        }
        return new DataTable.Of<Interval>()
                .column("layer", "layer", row -> Cell.text(row.layer()))
                .column("interval_timesteps", "interval", row -> Cell.count(row.timesteps()))
                .column("count", "count", row -> Cell.number(row.count(), 0))
                .table("interval-histograms", "Time between spikes", DataTable.Place.FILE, rows);
    }
}
