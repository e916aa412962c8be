package dev.lamina.report.html;

import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the layers lie on the mesh of cores of a chip, and how busy each core and each link is. */
final class MeshSection {

    private static final int MAX_CELLS = 1 << 16;

    private MeshSection() {}

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
        List<MeshMap.Core> cores =
                mapping.objects("cores").stream().map(MeshMap.Core::of).toList();
        List<MeshMap.Link> links =
                mapping.objects("links").stream().map(MeshMap.Link::of).toList();
        return List.of(
                Note.plain(facts(mapping, cores, columns * rows)),
                MeshMap.chart(mapping.text("profile"), number, columns, rows, cores, links),
                table(number, cores),
                linkTable(number, links));
    }

    private static String facts(RunNode mapping, List<MeshMap.Core> cores, int size) {
        StringBuilder text = new StringBuilder();
        text.append(Quantity.count(cores.size()))
                .append(" of ")
                .append(Quantity.count(size))
                .append(" cores hold neurons.");
        cores.stream()
                .max(Comparator.comparingDouble(MeshMap.Core::busy))
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

    private static DataTable table(int number, List<MeshMap.Core> cores) {
        return new DataTable.Of<MeshMap.Core>()
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

    private static DataTable linkTable(int number, List<MeshMap.Link> links) {
        return new DataTable.Of<MeshMap.Link>()
                .column("from_x", "from column", link -> Cell.number(link.fromX(), 0))
                .column("from_y", "from row", link -> Cell.number(link.fromY(), 0))
                .column("to_x", "to column", link -> Cell.number(link.toX(), 0))
                .column("to_y", "to row", link -> Cell.number(link.toY(), 0))
                .column("packets", "packets", link -> Cell.number(link.packets(), 0))
                .table("mesh-" + number + "-links", "The links", DataTable.Place.FILE, links);
    }
}
