package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an inference costs on each piece of hardware, and what for. */
final class EnergySection {

    private static final String ANN = "ANN";

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
                + " is an inference on one hardware; the upright mark is what the ordinary network's (the ANN's) multiply-accumulates would"
                + " take there, where it can run them: a bar that ends before its mark saves energy."
                + share;
    }

    private static Chart byProfile(List<EnergyFigures> energies) {
        List<EnergyFigures.Parts> bars =
                energies.stream().map(EnergyFigures::parts).toList();
        boolean marked = energies.stream().anyMatch(energy -> energy.annTotal().isPresent());
        Panels panels = new Panels(8, legend(bars, marked));
        for (EnergyFigures energy : energies) {
            Scale scale = Scale.upTo(
                    Math.max(energy.parts().total(), energy.annTotal().orElse(0)), "J");
            List<ObjectNode> shown = new ArrayList<>(stack(bars, List.of(energy.parts()), scale));
            energy.annTotal()
                    .ifPresent(joules -> shown.add(Series.coloured(
                                    Series.symbols(ANN, Json.array().add(Json.numbers(scale.of(joules), 0))), "--ink")
                            .put("symbol", "rect")
                            .set("symbolSize", Json.numbers(4, 36))));
            panels.panel(
                    title(energy),
                    36,
                    Axis.value("").from(0).unit(scale),
                    Axis.category("", List.of(energy.profile())).withoutLabels(),
                    shown);
        }
        panels.eachLabelled();
        return new Chart(
                "energy-by-profile",
                "Energy of an inference by hardware, each on its own scale",
                panels.option(),
                panels.height(),
                Chart.Width.FULL);
    }

    private static String title(EnergyFigures energy) {
        String total = energy.profile() + ": " + Quantity.scaled(energy.parts().total(), "J");
        return energy.annTotal().isPresent() && energy.ratio().isPresent()
                ? total + ", " + Headline.times(energy.ratio().getAsDouble()) + " × the ANN"
                : total + " (runs no ANN)";
    }

    private static Chart byLayer(EnergyFigures energy) {
        List<EnergyFigures.Parts> layers = energy.layers();
        Scale scale = Scale.upTo(
                layers.stream().mapToDouble(EnergyFigures.Parts::total).max().orElse(0), "J");
        ChartOption option = new ChartOption(legend(layers, false))
                .below(Axis.value(scale.axis("energy per sample")).from(0))
                .left(Axis.category(
                                "",
                                layers.stream().map(EnergyFigures.Parts::name).toList())
                        .downwards()
                        .allLabels(true))
                .tellsBars();
        stack(layers, layers, scale).forEach(option::series);
        return new Chart(
                "energy-by-layer",
                "Energy of an inference by layer, on " + energy.profile(),
                option.build(),
                80 + 34 * Math.max(2, layers.size()),
                Chart.Width.FULL);
    }

    private static List<String> legend(List<EnergyFigures.Parts> bars, boolean marked) {
        List<String> legend = new ArrayList<>();
        for (int kind = 0; kind < EnergyFigures.KINDS.size(); kind++) {
            if (spent(bars, kind)) {
                legend.add(EnergyFigures.KINDS.get(kind));
            }
        }
        if (marked) {
            legend.add(ANN);
        }
        return legend;
    }

    /** The series of bars, of the kinds that any of {@code all} spends. */
    private static List<ObjectNode> stack(List<EnergyFigures.Parts> all, List<EnergyFigures.Parts> bars, Scale scale) {
        List<ObjectNode> series = new ArrayList<>();
        for (int kind = 0; kind < EnergyFigures.KINDS.size(); kind++) {
            int index = kind;
            if (spent(all, kind)) {
                double[] values = bars.stream()
                        .mapToDouble(bar -> scale.of(bar.joules()[index]))
                        .toArray();
                series.add(Series.coloured(
                        Series.stacked(EnergyFigures.KINDS.get(kind), Json.numbers(values)), "--c" + (kind + 1)));
            }
        }
        return series;
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
                    e -> Cell.part(e.parts().joules()[index], "J"));
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
                    line -> Cell.part(line.parts().joules()[index], "J"));
        }
        return table.column(
                        "total_joules",
                        "total",
                        line -> Cell.scaled(line.parts().total(), "J"))
                .table("energy-by-layer", "Energy by layer", DataTable.Place.FILE, lines);
    }
}
