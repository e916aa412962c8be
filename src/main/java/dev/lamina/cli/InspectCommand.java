package dev.lamina.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.io.OneLine;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.network.Projection;
import dev.lamina.report.JsonReport;
import dev.lamina.report.Quantity;
import dev.lamina.report.TextTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a model file holds. */
@Command(
        name = "inspect",
        description = "Shows what a model file holds: layers, weights, thresholds, and where they come from.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina inspect models/lenet5-digits.safetensors")
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "a model file")
    Path file;

    @Mixin
    CommonOptions common;

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Override
    public Integer call() {
        ModelFile.Digested read = ModelFile.readDigested(file);
        System.out.print(
                json ? JsonReport.render(tree(read.model(), read.sha256())) + "\n" : text(read.model(), read.sha256()));
        return 0;
    }

    private String text(Model model, String sha256) {
        StringBuilder text = new StringBuilder();
        text.append(file).append(", sha256 ").append(sha256.substring(0, 12)).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%s, %s: %,d weights, %,d neurons, input %s, %s multiply-accumulates as an ordinary network%n",
                OneLine.of(model.network().name()),
                model instanceof SpikingModel ? "a spiking network" : "an ordinary network (ANN)",
                model.network().weights(),
                model.network().neurons(),
                model.network().input(),
                Quantity.count(model.network().macs())));
        if (model instanceof SpikingModel spiking) {
            text.append(String.format(
                    Locale.ROOT,
                    "made for T = %d, %s encoder, leak %s, %s reset, propagation in the %s%n",
                    spiking.timesteps(),
                    Choice.name(spiking.encoder()),
                    spiking.neuron().leak(),
                    Choice.name(spiking.neuron().reset()),
                    Choice.name(spiking.neuron().propagation()).replace('-', ' ')));
        }
        text.append('\n').append(layers(model)).append('\n');
        model.provenance()
                .validation()
                .ifPresent(split -> text.append(String.format(
                        Locale.ROOT,
                        "not trained on %,d of the training set, %s%n",
                        split.size(),
                        split.draw() == ValidationSplit.Draw.END
                                ? "the last ones"
                                : "drawn with seed " + split.seed())));
        text.append("history, on ")
                .append(OneLine.of(model.provenance().dataset()))
                .append(":\n");
        model.provenance()
                .history()
                .forEach(line -> text.append("  ").append(OneLine.of(line)).append('\n'));
        return text.toString();
    }

    private static String layers(Model model) {
        TextTable table = new TextTable("layer", "from", "to", "kernel", "weights", "mean |w|", "max |w|", "threshold");
        model.network().projections().forEachWithIndex((projection, i) -> {
            float[] weights = model.weights().tensor(i);
            double sum = 0;
            double max = 0;
            for (float weight : weights) {
                sum += Math.abs(weight);
                max = Math.max(max, Math.abs(weight));
            }
            table.row(
                    projection.name(),
                    projection.source().toString(),
                    projection.target().toString(),
                    kernel(projection),
                    Quantity.count(weights.length),
                    Quantity.number(sum / weights.length, 4),
                    Quantity.number(max, 3),
                    threshold(thresholds(model, i)));
        });
        return table.render();
    }

    private static String kernel(Projection projection) {
        String pool = projection.pool().map(p -> "pool " + p.kernel() + ", ").orElse("");
        return pool + projection.kernelHeight() + "x" + projection.kernelWidth();
    }

    private static float @Nullable [] thresholds(Model model, int layer) {
        return model instanceof SpikingModel spiking
                ? spiking.populations().get(layer).thresholds()
                : null;
    }

    private static String threshold(float @Nullable [] thresholds) {
        if (thresholds == null) {
            return "–";
        }
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        for (float threshold : thresholds) {
            min = Math.min(min, threshold);
            max = Math.max(max, threshold);
        }
        return Quantity.number(min, 4) + (min < max ? " to " + Quantity.number(max, 4) : "");
    }

    private ObjectNode tree(Model model, String sha256) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("file", file.toString())
                .put("sha256", sha256)
                .put("kind", model instanceof SpikingModel ? "spiking" : "ann")
                .put("network", model.network().name())
                .put("weights", model.network().weights())
                .put("neurons", model.network().neurons())
                .put("ann_macs", model.network().macs())
                .put("definition", model.network().definition())
                .put("dataset", model.provenance().dataset())
                .put("seed", model.provenance().seed());
        if (model instanceof SpikingModel spiking) {
            root.put("timesteps", spiking.timesteps())
                    .put("encoder", Choice.name(spiking.encoder()))
                    .put("leak", spiking.neuron().leak())
                    .put("reset", Choice.name(spiking.neuron().reset()))
                    .put("propagation", Choice.name(spiking.neuron().propagation()));
        }
        model.provenance()
                .validation()
                .ifPresent(split -> root.putObject("validation")
                        .put("size", split.size())
                        .put("draw", Choice.name(split.draw()))
                        .put("seed", split.seed()));
        ArrayNode layers = root.putArray("layers");
        model.network().projections().forEachWithIndex((projection, i) -> {
            ObjectNode layer = layers.addObject()
                    .put("name", projection.name())
                    .put("neurons", projection.target().size())
                    .put("weights", projection.weights());
            float[] thresholds = thresholds(model, i);
            if (thresholds != null) {
                ArrayNode array = layer.putArray("thresholds");
                Arrays.stream(distinct(thresholds)).forEach(array::add);
            }
        });
        ArrayNode history = root.putArray("history");
        model.provenance().history().forEach(history::add);
        return root;
    }

    /** One value where all channels share it. */
    private static double[] distinct(float[] thresholds) {
        double[] values = new double[thresholds.length];
        Arrays.setAll(values, i -> thresholds[i]);
        return Arrays.stream(values).distinct().count() == 1 ? new double[] {values[0]} : values;
    }
}
