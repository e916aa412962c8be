package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Runs side by side as a page. */
final class ComparisonPage {

    private static final String JOULES = "joules_per_sample_";
    private static final int COLOURS = 7;
    private static final List<String> SYMBOLS =
            List.of("circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow");

    private ComparisonPage() {}

    static String render(RunComparison comparison) {
        List<ComparedRun> runs = comparison.runs();
        Optional<String> energy = comparison.titles().keySet().stream()
                .filter(key -> key.startsWith(JOULES))
                .findFirst();
        List<Block> blocks = new ArrayList<>();
        energy.ifPresent(key -> blocks.add(scatter(comparison, key)));
        if (runs.stream().anyMatch(run -> run.accuracyByTimestep().length > 0)) {
            blocks.add(curves(runs));
        }
        Section charts = new Section(
                "charts",
                "Accuracy and what it costs",
                "Each symbol and each line is a run. Above, up and to the left is better; below, a curve that rises earlier needs"
                        + " fewer time steps.",
                blocks);
        Section figures = new Section(
                "figures",
                "All figures",
                "In brackets the difference from the first run: in percentage points for the accuracy, in percent for the rest, and as a factor"
                        + " (× or ÷) where it is a large one.",
                List.of(table(comparison)));
        Headline headline = new Headline(runs.size() + " runs side by side", verdict(comparison, energy), List.of());
        return Page.render(headline, blocks.isEmpty() ? List.of(figures) : List.of(charts, figures), false);
    }

    private static String verdict(RunComparison comparison, Optional<String> energy) {
        List<ComparedRun> runs = comparison.runs();
        int best = IntStream.range(0, runs.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> value(comparison, i, "accuracy")))
                .orElse(0);
        StringBuilder text = new StringBuilder("Most accurate is ")
                .append(runs.get(best).name())
                .append(" with ")
                .append(Quantity.percent(value(comparison, best, "accuracy")));
        energy.ifPresent(key -> {
            int least = IntStream.range(0, runs.size())
                    .filter(i -> comparison.find(i, key).isPresent())
                    .boxed()
                    .min(Comparator.comparingDouble(i -> value(comparison, i, key)))
                    .orElse(0);
            text.append("; least energy, on ")
                    .append(key.substring(JOULES.length()))
                    .append(", takes ")
                    .append(runs.get(least).name())
                    .append(" with ")
                    .append(Quantity.scaled(value(comparison, least, key), "J"))
                    .append(" for an inference");
        });
        return text.append('.').toString();
    }

    private static double value(RunComparison comparison, int run, String key) {
        return comparison.find(run, key).map(ComparedRun.Figure::value).orElse(0.0);
    }

    private static Chart scatter(RunComparison comparison, String key) {
        List<ComparedRun> runs = comparison.runs();
        double largest = IntStream.range(0, runs.size())
                .mapToDouble(i -> value(comparison, i, key))
                .max()
                .orElse(0);
        Scale scale = Scale.upTo(largest, "J");
        ChartOption option = new ChartOption(
                        runs.stream().map(ComparedRun::name).toList())
                .below(Axis.value(scale.axis("energy per sample on " + key.substring(JOULES.length())))
                        .from(0)
                        .withoutLines())
                .left(Axis.value("accuracy (%)").whereDataIs())
                .tellsItems();
        for (int i = 0; i < runs.size(); i++) {
            if (comparison.find(i, key).isPresent()) {
                ArrayNode point = Json.array()
                        .add(Json.numbers(
                                scale.of(value(comparison, i, key)),
                                Scale.PERCENT.of(value(comparison, i, "accuracy"))));
                ObjectNode series = Series.coloured(Series.symbols(runs.get(i).name(), point), colour(i))
                        .put("symbol", SYMBOLS.get(i % SYMBOLS.size()));
                option.series(series);
            }
        }
        return new Chart("accuracy-against-energy", "Accuracy against energy", option.build(), 380, Chart.Width.FULL);
    }

    private static Chart curves(List<ComparedRun> runs) {
        ChartOption option = new ChartOption(
                        runs.stream().map(ComparedRun::name).toList())
                .below(Axis.value("time step").from(0).withoutLines())
                .left(Axis.value("accuracy (%)").from(0).to(100));
        for (int i = 0; i < runs.size(); i++) {
            double[] accuracy = runs.get(i).accuracyByTimestep();
            double[] steps =
                    IntStream.rangeClosed(1, accuracy.length).asDoubleStream().toArray();
            ObjectNode series = Series.coloured(
                    Series.line(
                            runs.get(i).name(),
                            Json.points(
                                    steps,
                                    Arrays.stream(accuracy)
                                            .map(Scale.PERCENT::of)
                                            .toArray())),
                    colour(i));
            if (i >= COLOURS) {
                series.withObject("/lineStyle").put("type", "dashed");
            }
            option.series(series);
        }
        return new Chart("accuracy-over-time", "Accuracy against the time step", option.build(), 380, Chart.Width.FULL);
    }

    private static String colour(int run) {
        return "--c" + (run % COLOURS + 1);
    }

    private static DataTable table(RunComparison comparison) {
        List<DataTable.Column> columns = new ArrayList<>(List.of(new DataTable.Column("figure", "figure")));
        comparison.runs().forEach(run -> columns.add(new DataTable.Column(run.name(), run.name())));
        List<List<Cell>> rows = new ArrayList<>();
        comparison.titles().forEach((key, title) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.text(title)));
            for (int i = 0; i < comparison.runs().size(); i++) {
                // Not for a file; the raw cell only says that it is a figure.
                row.add(new Cell(comparison.shown(i, key), ""));
            }
            rows.add(row);
        });
        return new DataTable("comparison", "The runs", DataTable.Place.OPEN, columns, rows);
    }
}
