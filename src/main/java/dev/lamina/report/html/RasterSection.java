package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/*
 * A layer of thousands of neurons has more spikes than a picture has room for, or a reader's eye: every k-th neuron is drawn, so
 * that the density of dots stays that of the layer; the file has all that the document has.
 */
/** The spikes of one sample, neuron by neuron. */
final class RasterSection {

    /** Rows of a panel. */
    private static final int MAX_ROWS = 80;

    /** Dots of a panel; with more, fewer rows are drawn. */
    private static final int MAX_DOTS = 1500;

    private static final int MIN_HEIGHT = 56;

    private RasterSection() {}

    /** The spikes of a population. */
    private record Population(String name, int neurons, int every, long spikes, double[] ticks, double[] neuron) {

        static Population of(RunNode node) {
            double[] ticks = node.numbers("ticks");
            double[] neuron = node.numbers("neuron");
            if (ticks.length != neuron.length) {
                throw node.complaint("neuron", "has not as many entries as 'ticks'");
            }
            return new Population(
                    node.text("name"),
                    (int) node.count("neurons"),
                    node.has("every") ? (int) Math.max(1, node.count("every")) : 1,
                    node.has("spikes") ? node.count("spikes") : ticks.length,
                    ticks,
                    neuron);
        }

        int stride() {
            int rows = Math.min(MAX_ROWS, Math.max(1, neurons));
            if (spikes > 0) {
                // The dots of all rows are as many as the spikes; of one in k, a k-th of them.
                rows = Math.min(rows, Math.max(8, (int) ((double) neurons * MAX_DOTS / spikes)));
            }
            int stride = Math.max(1, (neurons + rows - 1) / rows);
            // Of neurons that are not in the document, nothing can be drawn.
            return (stride + every - 1) / every * every;
        }
    }

    static Optional<Section> of(RunDocument run) {
        Optional<RunNode> raster = run.root().object("raster");
        List<Population> populations = raster.stream()
                .flatMap(node -> node.objects("populations").stream())
                .map(Population::of)
                .toList();
        if (raster.isEmpty() || populations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Section(
                "raster",
                "Spikes of one sample",
                lead(raster.get()),
                List.of(chart(run, populations), table(populations))));
    }

    private static String lead(RunNode raster) {
        StringBuilder text =
                new StringBuilder("Each dot is a spike: time runs to the right, each row is a neuron, and each panel"
                        + " a population. Dense panels work hard; a layer that stays empty for some steps is still waiting for its input"
                        + " to add up.");
        text.append(" The sample is number ").append(Quantity.count(raster.count("sample")));
        if (raster.has("label") && raster.has("prediction")) {
            long label = raster.count("label");
            long prediction = raster.count("prediction");
            text.append(", of class ")
                    .append(label)
                    .append(label == prediction ? ", and rightly taken for it" : ", but taken for class " + prediction);
        }
        return text.append('.').toString();
    }

    private static Chart chart(RunDocument run, List<Population> populations) {
        Panels panels = new Panels(14, List.of());
        boolean input = true;
        for (Population population : populations) {
            int stride = population.stride();
            int rows = Math.max(1, (population.neurons() + stride - 1) / stride);
            ArrayNode dots = Json.array();
            for (int i = 0; i < population.ticks().length; i++) {
                int neuron = (int) population.neuron()[i];
                int row = neuron / stride;
                if (neuron % stride == 0) {
                    // Time step 1 is the first, as in the other charts.
                    dots.add(Json.numbers(population.ticks()[i] + 1, row));
                }
            }
            String title = population.name() + ": " + Quantity.count(population.spikes()) + " spikes, "
                    + (stride > 1 ? "1 in " + Quantity.count(stride) + " neurons drawn" : "all neurons drawn");
            panels.panel(
                    title,
                    Math.max(MIN_HEIGHT, 2 * rows),
                    Axis.value("time step").from(0).to(run.timesteps() + 1.0).withoutLines(),
                    Axis.value("").from(-1).to(rows).withoutLabels().withoutLines(),
                    List.of(Series.coloured(Series.dots(population.name(), dots), input ? "--c7" : "--c1")));
            input = false;
        }
        return new Chart("raster", "Spike raster", panels.option(), panels.height(), Chart.Width.FULL);
    }

    private static DataTable table(List<Population> populations) {
        record Spike(String population, int neuron, int timestep) {}
        List<Spike> spikes = new ArrayList<>();
        for (Population population : populations) {
            for (int i = 0; i < population.ticks().length; i++) {
                spikes.add(new Spike(
                        population.name(),
                        (int) population.neuron()[i],
                        (int) population.ticks()[i] + 1));
            }
        }
        return new DataTable.Of<Spike>()
                .column("population", "population", spike -> Cell.text(spike.population()))
                .column("neuron", "neuron", spike -> Cell.plain(spike.neuron()))
                .column("timestep", "time step", spike -> Cell.plain(spike.timestep()))
                .table("raster", "Spikes of the sample", DataTable.Place.FILE, spikes);
    }
}
