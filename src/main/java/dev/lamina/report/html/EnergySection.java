package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an inference costs on each piece of hardware, and what for. */
final class EnergySection {

    private static final String ANN = "ordinary network (ANN)";

    private EnergySection() {}

    static Optional<Section> of(RunDocument run) {
        List<EnergyFigures> energies = run.energies();
        if (energies.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(byProfile(energies));
        blocks.add(table(energies));
        EnergyFigures first = energies.get(0);
        if (!first.layers().isEmpty()) {
            blocks.add(byLayer(first));
        }
        blocks.add(sources(energies));
        blocks.add(byLayer(energies));
        return Optional.of(new Section("energy", "Energy", lead(energies), blocks));
    }

    private static String lead(List<EnergyFigures> energies) {
        EnergyFigures first = energies.get(0);
        int most = IntStream.range(0, EnergyFigures.KINDS.size())
                .reduce(0, (a, b) -> first.parts().joules()[b] > first.parts().joules()[a] ? b : a);
        String share = first.parts().total() > 0
                ? " On " + first.profile() + " most goes into " + EnergyFigures.KINDS.get(most) + ", "
                        + Quantity.percent(
                                first.parts().joules()[most] / first.parts().total()) + " of it."
                : "";
        return "The counts above, put into joules with the figures that a hardware's makers or others have published. Each bar"
                + " is an inference on one hardware; the black mark is what the ordinary network's multiply-accumulates would"
                + " take there, where it can run them: a bar that ends before its mark saves energy."
                + share;
    }

    private static Chart byProfile(List<EnergyFigures> energies) {
        double largest = energies.stream()
                .mapToDouble(e -> Math.max(e.parts().total(), e.annTotal().orElse(0)))
                .max()
                .orElse(0);
        Scale scale = Scale.upTo(largest, "J");
        List<String> names = energies.stream().map(EnergyFigures::profile).toList();
        ArrayNode marks = Json.array();
        for (int i = 0; i < energies.size(); i++) {
            if (energies.get(i).annTotal().isPresent()) {
                marks.add(Json.numbers(scale.of(energies.get(i).annTotal().getAsDouble()), i));
            }
        }
        ChartOption option =
                stack(energies.stream().map(EnergyFigures::parts).toList(), names, scale, !marks.isEmpty());
        if (!marks.isEmpty()) {
            option.series(Series.coloured(Series.symbols(ANN, marks), "--ink")
                    .put("symbol", "rect")
                    .put("z", 5)
                    .set("symbolSize", Json.numbers(4, 40)));
        }
        return new Chart(
                "energy-by-profile",
                "Energy of an inference, by hardware",
                option.build(),
                96 + 56 * Math.max(2, energies.size()),
                Chart.Width.FULL);
    }

    private static Chart byLayer(EnergyFigures energy) {
        List<EnergyFigures.Parts> layers = energy.layers();
        Scale scale = Scale.upTo(
                layers.stream().mapToDouble(EnergyFigures.Parts::total).max().orElse(0), "J");
        ChartOption option =
                stack(layers, layers.stream().map(EnergyFigures.Parts::name).toList(), scale, false);
        return new Chart(
                "energy-by-layer",
                "Energy of an inference by layer, on " + energy.profile(),
                option.build(),
                96 + 34 * Math.max(2, layers.size()),
                Chart.Width.FULL);
    }

    private static ChartOption stack(List<EnergyFigures.Parts> bars, List<String> names, Scale scale, boolean marked) {
        List<String> legend = new ArrayList<>();
        for (int kind = 0; kind < EnergyFigures.KINDS.size(); kind++) {
            if (spent(bars, kind)) {
                legend.add(EnergyFigures.KINDS.get(kind));
            }
        }
        if (marked) {
            legend.add(ANN);
        }
        ChartOption option = new ChartOption(legend, Chart.Width.FULL)
                .below(Axis.value(scale.axis("energy per sample")).from(0))
                .left(Axis.category("", names).downwards().allLabels(true))
                .tellsBars();
        for (int kind = 0; kind < EnergyFigures.KINDS.size(); kind++) {
            int index = kind;
            if (spent(bars, kind)) {
                double[] values = bars.stream()
                        .mapToDouble(bar -> scale.of(bar.joules()[index]))
                        .toArray();
                option.series(Series.coloured(
                        Series.stacked(EnergyFigures.KINDS.get(kind), Json.numbers(values)), "--c" + (kind + 1)));
            }
        }
        return option;
    }

    private static boolean spent(List<EnergyFigures.Parts> bars, int kind) {
        return bars.stream().anyMatch(bar -> bar.joules()[kind] > 0);
    }

    private static DataTable table(List<EnergyFigures> energies) {
        DataTable.Of<EnergyFigures> table =
                new DataTable.Of<EnergyFigures>().column("profile", "hardware profile", e -> Cell.text(e.profile()));
        for (int kind = 0; kind < EnergyFigures.KINDS.size(); kind++) {
            int index = kind;
            String name = EnergyFigures.KINDS.get(kind);
            table.column(
                    spent(energies.stream().map(EnergyFigures::parts).toList(), kind),
                    name + "_joules",
                    name,
                    e -> Cell.scaled(e.parts().joules()[index], "J"));
        }
        return table.column("total_joules", "total", e -> Cell.scaled(e.parts().total(), "J"))
                .column("ann_joules", "the ANN's MACs", e -> Cell.scaled(e.annTotal(), "J"))
                .column(
                        "ratio",
                        "SNN : ANN",
                        e -> e.ratio().isPresent()
                                ? new Cell(
                                        Headline.times(e.ratio().getAsDouble()),
                                        Double.toString(e.ratio().getAsDouble()))
                                : Cell.NONE)
                .table("energy", "Energy of an inference", DataTable.Place.OPEN, energies);
    }

    private static DataTable sources(List<EnergyFigures> energies) {
        return new DataTable.Of<EnergyFigures>()
                .column("profile", "hardware profile", e -> Cell.text(e.profile()))
                .column("description", "hardware", e -> Cell.text(e.description()))
                .column("source", "where its figures are from", e -> Cell.text(e.source()))
                .column("leaves_out", "what they leave out", e -> Cell.text(e.leavesOut()))
                .table(
                        "energy-profiles",
                        "Where the figures come from, and what they leave out",
                        DataTable.Place.OPEN,
                        energies);
    }

    private static DataTable byLayer(List<EnergyFigures> energies) {
        record Line(String profile, EnergyFigures.Parts parts) {}
        List<Line> lines = energies.stream()
                .flatMap(e -> e.layers().stream().map(layer -> new Line(e.profile(), layer)))
                .toList();
        DataTable.Of<Line> table = new DataTable.Of<Line>()
                .column("profile", "hardware profile", line -> Cell.text(line.profile()))
                .column("layer", "layer", line -> Cell.text(line.parts().name()));
        for (int kind = 0; kind < EnergyFigures.KINDS.size(); kind++) {
            int index = kind;
            table.column(
                    EnergyFigures.KINDS.get(kind) + "_joules",
                    EnergyFigures.KINDS.get(kind),
                    line -> Cell.scaled(line.parts().joules()[index], "J"));
        }
        return table.column(
                        "total_joules",
                        "total",
                        line -> Cell.scaled(line.parts().total(), "J"))
                .table("energy-by-layer", "Energy by layer", DataTable.Place.FILE, lines);
    }
}
