package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where the layers lie on the mesh of cores of a chip, and how busy each core and each link is. */
final class MeshSection {

    private static final double STRONG = 0.5;
    private static final int MAX_CELLS = 1 << 16;

    /** Wider meshes have no room for names in their cells. */
    private static final int MAX_LABELLED_COLUMNS = 16;

    private MeshSection() {}

    /** A core that has neurons. */
    private record Core(
            int x, int y, String layer, long neurons, double bytes, double synops, double updates, double busy) {

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
    private record Link(double fromX, double fromY, double toX, double toY, double packets) {

        static Link of(RunNode node) {
            return new Link(
                    node.count("from_x"),
                    node.count("from_y"),
                    node.count("to_x"),
                    node.count("to_y"),
                    node.number("packets"));
        }
    }

    static Optional<Section> of(RunDocument run) {
        List<RunNode> mappings = run.root().objects("mapping");
        if (mappings.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            RunNode mapping = mappings.get(i);
            blocks.add(Note.heading(mapping.text("profile")));
            Optional<String> complaint = mapping.optionalText("complaint");
            if (complaint.isPresent()) {
                blocks.add(Note.warning("The network does not fit: " + complaint.get()));
            } else {
                blocks.addAll(map(mapping, i + 1));
            }
        }
        return Optional.of(new Section(
                "mesh",
                "On the chip",
                "Each square is a core of the chip, named after the layer whose neurons it holds; the stronger its colour, the busier it is. Lines"
                        + " between cores are spikes under way, thicker where there are more. The busiest core decides how long a"
                        + " time step takes, so an evenly coloured map is a fast one.",
                blocks));
    }

    private static List<Block> map(RunNode mapping, int number) {
        int columns = (int) mapping.count("columns");
        int rows = (int) mapping.count("rows");
        if (columns < 1 || rows < 1 || (long) columns * rows > MAX_CELLS) {
            throw mapping.complaint("columns", "times 'rows' is not from 1 to " + MAX_CELLS);
        }
        List<Core> cores = mapping.objects("cores").stream().map(Core::of).toList();
        List<Link> links = mapping.objects("links").stream().map(Link::of).toList();
        return List.of(
                Note.plain(facts(mapping, cores, columns * rows)),
                chart(mapping.text("profile"), number, columns, rows, cores, links),
                table(number, cores),
                linkTable(number, links));
    }

    private static String facts(RunNode mapping, List<Core> cores, int size) {
        StringBuilder text = new StringBuilder();
        text.append(Quantity.count(cores.size()))
                .append(" of ")
                .append(Quantity.count(size))
                .append(" cores hold neurons.");
        cores.stream()
                .max(Comparator.comparingDouble(Core::busy))
                .ifPresent(core -> text.append(String.format(
                        Locale.ROOT,
                        " The busiest, at column %d and row %d (%s), works %s of the time.",
                        core.x(),
                        core.y(),
                        core.layer(),
                        Quantity.percent(core.busy()))));
        if (mapping.has("packets") && mapping.has("hops")) {
            double packets = mapping.number("packets");
            text.append(' ')
                    .append(Headline.amount(packets))
                    .append(" packets went ")
                    .append(Quantity.number(packets > 0 ? mapping.number("hops") / packets : 0, 1))
                    .append(" hops each on average.");
        }
        if (mapping.has("mean_tick_seconds")) {
            text.append(" A time step takes ")
                    .append(Quantity.scaled(mapping.number("mean_tick_seconds"), "s"))
                    .append(" on average");
            mapping.optionalNumber("max_tick_seconds")
                    .ifPresent(s ->
                            text.append(" and ").append(Quantity.scaled(s, "s")).append(" at most"));
            mapping.optionalNumber("inference_seconds")
                    .ifPresent(s -> text.append(", an inference ").append(Quantity.scaled(s, "s")));
            text.append('.');
        }
        return text.toString();
    }

    private static Chart chart(String profile, int number, int columns, int rows, List<Core> cores, List<Link> links) {
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

    private static DataTable table(int number, List<Core> cores) {
        return new DataTable.Of<Core>()
                .column("x", "column", core -> Cell.count(core.x()))
                .column("y", "row", core -> Cell.count(core.y()))
                .column("layer", "layer", core -> Cell.text(core.layer()))
                .column("neurons", "neurons", core -> Cell.count(core.neurons()))
                .column("synapse_bytes", "synapses", core -> Cell.scaled(core.bytes(), "B"))
                .column("synops", "synops", core -> Cell.scaled(core.synops(), ""))
                .column("neuron_updates", "neuron updates", core -> Cell.scaled(core.updates(), ""))
                .column("busy", "busy", core -> Cell.percent(core.busy()))
                .table("mesh-" + number + "-cores", "The cores", DataTable.Place.FOLDED, cores);
    }

    private static DataTable linkTable(int number, List<Link> links) {
        return new DataTable.Of<Link>()
                .column("from_x", "from column", link -> Cell.number(link.fromX(), 0))
                .column("from_y", "from row", link -> Cell.number(link.fromY(), 0))
                .column("to_x", "to column", link -> Cell.number(link.toX(), 0))
                .column("to_y", "to row", link -> Cell.number(link.toY(), 0))
                .column("packets", "packets", link -> Cell.number(link.packets(), 0))
                .table("mesh-" + number + "-links", "The links", DataTable.Place.FILE, links);
    }
}
