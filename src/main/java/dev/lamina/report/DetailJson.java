package dev.lamina.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.activity.FiringRates;
import dev.lamina.activity.LayerActivity;
import dev.lamina.activity.NeuroBenchFigures;
import dev.lamina.activity.OperationCounts;
import dev.lamina.activity.RasterView;
import java.util.Arrays;
import java.util.List;

/** The parts of a report's JSON that are counted from the spikes themselves. docs/report.md describes the keys. */
final class DetailJson {

    private final SimulationReport report;
    private final RunDetail detail;

    DetailJson(SimulationReport report, RunDetail detail) {
        this.report = report;
        this.detail = detail;
    }

    void put(ObjectNode root) {
        List<LayerActivity> layers = detail.activity().layers();
        for (int i = 0; i < layers.size(); i++) {
            putLayer((ObjectNode) root.withArray("layers").get(i), layers.get(i), i);
        }
        ArrayNode counts = root.putObject("confusion").putArray("counts");
        for (long[] row : detail.activity().confusion()) {
            add(counts.addArray(), row);
        }
        ArrayNode classes = root.withObject("/confusion").putArray("classes");
        report.classes().forEach(classes::add);
        detail.raster().ifPresent(raster -> putRaster(root.putObject("raster"), raster));
        putNeuroBench(root.putObject("neurobench"), detail.activity().neuroBench());
        new AnytimeJson(report, detail).put(root.putObject("anytime"));
        if (!detail.mapped().isEmpty()) {
            MappingJson.put(root.putArray("mapping"), detail.mapped());
        }
    }

    private void putLayer(ObjectNode node, LayerActivity layer, int index) {
        OperationCounts total = layer.total();
        boolean analog = index == 0 && report.analogInput();
        long bytes = report.subject().arithmetic().equals("fixed16") ? Short.BYTES : Float.BYTES;
        node.put("events_in", total.events())
                .put("accumulates", analog ? 0 : total.synops())
                .put("multiply_accumulates", analog ? total.synops() : 0)
                .put("touched_neuron_updates", total.touched())
                // A synaptic operation reads a weight, and reads and writes a potential; so does a neuron update,
                // without the weight.
                .put("weight_bytes_read", bytes * total.synops())
                .put("membrane_bytes_read", bytes * (total.synops() + total.neuronUpdates()))
                .put("membrane_bytes_written", bytes * (total.synops() + total.neuronUpdates()));
        add(node.putArray("synops_by_timestep"), layer.synopsByTimestep());
        if (layer.rates().isPresent()) {
            FiringRates rates = layer.rates().get();
            add(node.putArray("spikes_by_timestep"), layer.spikesByTimestep());
            node.put("silent_neurons", rates.silent()).put("saturated_neurons", rates.saturated());
            ObjectNode histogram = node.putObject("rate_histogram");
            ArrayNode edges = histogram.putArray("edges");
            Arrays.stream(rates.edges()).forEach(edges::add);
            add(histogram.putArray("neurons"), rates.neurons());
            add(node.putArray("isi_histogram"), rates.intervals());
        }
    }

    private static void putRaster(ObjectNode node, RasterView raster) {
        node.put("sample", raster.sample()).put("label", raster.label()).put("prediction", raster.prediction());
        ArrayNode populations = node.putArray("populations");
        for (RasterView.Train train : raster.populations()) {
            ObjectNode population = populations
                    .addObject()
                    .put("name", train.name())
                    .put("neurons", train.neurons())
                    .put("every", train.every())
                    .put("spikes", train.spikes());
            ArrayNode ticks = population.putArray("ticks");
            Arrays.stream(train.ticks()).forEach(ticks::add);
            ArrayNode neuron = population.putArray("neuron");
            Arrays.stream(train.neuron()).forEach(neuron::add);
        }
    }

    private static void putNeuroBench(ObjectNode node, NeuroBenchFigures figures) {
        node.put("footprint_bytes", figures.footprint())
                .put("connection_sparsity", figures.connectionSparsity())
                .put("activation_sparsity", figures.activationSparsity())
                .put("effective_macs", figures.effectiveMacs())
                .put("effective_acs", figures.effectiveAcs())
                .put("dense", figures.dense());
    }

    static void add(ArrayNode array, long[] values) {
        Arrays.stream(values).forEach(array::add);
    }
}
