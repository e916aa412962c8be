package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/** The map of a chip: its cores, coloured by load, and the traffic between neighbours. */
final class MeshMap {

    private static final double STRONG = 0.5;

    /** Wider meshes have no room for names in their cells. */
    private static final int MAX_LABELLED_COLUMNS = 16;

    private MeshMap() {}

    /** A core that has neurons. */
    record Core(int x, int y, String layer, long neurons, double bytes, double synops, double updates, double busy) {

        static Core of(RunNode node) {
            return new Core(
                    (int) node.count("x"),
                    (int) node.count("y"),
                    node.text("layer"),
                    node.count("neurons"),
                    node.number("synapse_bytes", 0),
                    node.number("synops", 0),
                    node.number("neuron_updates", 0),
                    node.number("busy", 0));
        }
    }

    /** The traffic between two neighbours. */
    record Link(double fromX, double fromY, double toX, double toY, double packets) {

        static Link of(RunNode node) {
            return new Link(
                    node.count("from_x"),
                    node.count("from_y"),
                    node.count("to_x"),
                    node.count("to_y"),
                    node.number("packets"));
        }
    }

    /** The map of the {@code number}-th mapping. */
    static Chart chart(String profile, int number, int columns, int rows, List<Core> cores, List<Link> links) {
        double busiest = cores.stream().mapToDouble(Core::busy).max().orElse(0);
        double strongest = busiest > 0 ? 100 * busiest : 1;
        ArrayNode cells = Json.array();
        for (Core core : cores) {
            ObjectNode cell = cells.addObject().put("name", core.layer());
            cell.set("value", Json.numbers(core.x(), core.y(), Scale.PERCENT.of(core.busy())));
            cell.putObject("label").put("color", 100 * core.busy() > STRONG * strongest ? "--on-strong" : "--ink");
        }
        ChartOption option = new ChartOption(List.of())
                .below(Axis.category("column", numbers(columns)).withLines())
                .left(Axis.category("row", numbers(rows)).downwards().withLines())
                .series(cells(cells, columns <= MAX_LABELLED_COLUMNS))
                .tellsItems();
        option.base().withArray("visualMap").add(scale(strongest));
        overlay(option, columns, rows, links);
        option.base().withObject("/grid").put("right", 92);
        option.narrow(Json.of("{grid: {right: 12}, visualMap: [{show: false}], series: [{label: {show: false}}]}"));
        return new Chart(
                "mesh-" + number,
                "Core load and traffic on " + profile,
                option.build(),
                Math.min(760, 76 + 46 * Math.max(3, rows)),
                Chart.Width.FULL);
    }

    private static ObjectNode cells(ArrayNode cells, boolean labelled) {
        ObjectNode series = Series.cells("busy (% of the time)", cells);
        series.set("itemStyle", Json.of("{borderColor: '--surface', borderWidth: 5, borderRadius: 6}"));
        series.withObject("/label")
                .put("show", labelled)
                .put("formatter", "{b}")
                .put("fontSize", 10);
        return series;
    }

    private static ObjectNode scale(double max) {
        ObjectNode map = ConfusionSection.colours(0, Scale.round(max), "--weak", "--strong");
        map.setAll(Json.of("""
                        {show: true, orient: 'vertical', right: 0, top: 'middle', itemWidth: 12, itemHeight: 110, precision: 1,
                         calculable: false, textStyle: {color: '--muted'}}"""));
        map.putArray("text").add("busy").add("idle");
        return map;
    }

    /** Lines from cell to cell, on axes of numbers that cover those of the map. */
    private static void overlay(ChartOption option, int columns, int rows, List<Link> links) {
        if (links.isEmpty()) {
            return;
        }
        double most = links.stream().mapToDouble(Link::packets).max().orElse(1);
        ArrayNode lines = Json.array();
        for (Link link : links) {
            ObjectNode line = lines.addObject().put("value", link.packets());
            // From near one cell's edge to near the other's, so that the names stay readable.
            double dx = link.toX() - link.fromX();
            double dy = link.toY() - link.fromY();
            double side = 0.12;
            line.putArray("coords")
                    .add(Json.numbers(link.fromX() + 0.36 * dx - side * dy, link.fromY() + 0.36 * dy + side * dx))
                    .add(Json.numbers(link.toX() - 0.36 * dx - side * dy, link.toY() - 0.36 * dy + side * dx));
            line.putObject("lineStyle").put("width", Scale.round(1 + 4 * link.packets() / Math.max(1, most)));
        }
        ObjectNode series = Json.of("""
                {type: 'lines', name: 'packets', coordinateSystem: 'cartesian2d', xAxisIndex: 1, yAxisIndex: 1, silent: true, z: 4,
                 symbol: ['none', 'none'], lineStyle: {color: '--c2', opacity: 1}, tooltip: {show: false}}""");
        series.set("data", lines);
        ArrayNode x = Json.array().add(option.base().get("xAxis"));
        x.add(Axis.value("").from(-0.5).to(columns - 0.5).hidden().below());
        option.base().set("xAxis", x);
        option.base()
                .withArray("yAxis")
                .add(Axis.value("")
                        .from(-0.5)
                        .to(rows - 0.5)
                        .downwards()
                        .hidden()
                        .right());
        option.series(series);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
