package dev.lamina.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** NeuroBench's figures beside the exact ones. */
final class NeurobenchSection {

    private NeurobenchSection() {}

    private record Figure(String name, Cell theirs, Cell ours, String why) {}

    static Optional<Section> of(RunDocument run) {
        return run.root().object("neurobench").map(node -> {
            List<Figure> figures = new ArrayList<>();
            node.optionalNumber("footprint_bytes")
                    .ifPresent(bytes -> figures.add(new Figure(
                            "footprint",
                            Cell.scaled(bytes, "B"),
                            Cell.NONE,
                            "all parameters and buffers as the framework holds them; a chip's memory is another matter, which"
                                    + " the mapping tells")));
            node.optionalNumber("connection_sparsity")
                    .ifPresent(part -> figures.add(new Figure(
                            "connection sparsity", Cell.percent(part), Cell.NONE, "the weights that are zero")));
            node.optionalNumber("activation_sparsity")
                    .ifPresent(
                            part -> figures.add(
                                    new Figure(
                                            "activation sparsity",
                                            Cell.percent(part),
                                            silence(run),
                                            "the part of neurons and time steps without a spike; the exact one is of the spiking layers")));
            node.optionalNumber("effective_acs")
                    .ifPresent(
                            acs -> figures.add(
                                    new Figure(
                                            "effective accumulates per sample",
                                            Cell.scaled(acs, ""),
                                            sum(run, "accumulates", LayerFigures::synops),
                                            "NeuroBench counts a whole layer as accumulates only if all of its inputs are −1, 0 or 1")));
            node.optionalNumber("effective_macs")
                    .ifPresent(macs -> figures.add(new Figure(
                            "effective multiply-accumulates per sample",
                            Cell.scaled(macs, ""),
                            sum(run, "multiply_accumulates", layer -> 0),
                            "spikes behind an average pool are fractions, so NeuroBench books their layer as multiplications;"
                                    + " with the pool's factor in the weights each spike is an addition, and spikes of one"
                                    + " window count one by one")));
            node.optionalNumber("dense")
                    .ifPresent(dense -> figures.add(new Figure(
                            "dense operations per sample",
                            Cell.scaled(dense, ""),
                            run.root().has("ann_macs")
                                    ? Cell.scaled(run.root().number("ann_macs") * run.timesteps(), "")
                                    : Cell.NONE,
                            "every weight at every time step, spike or not; beside it the ordinary network's operations times"
                                    + " T")));
            DataTable table = new DataTable.Of<Figure>()
                    .column("figure", "figure", figure -> Cell.text(figure.name()))
                    .column("neurobench", "NeuroBench", Figure::theirs)
                    .column("exact", "exact", Figure::ours)
                    .column("why", "why they differ", figure -> Cell.text(figure.why()))
                    .table("neurobench", "NeuroBench's figures and the exact ones", DataTable.Place.OPEN, figures);
            return new Section(
                    "neurobench",
                    "For comparison: NeuroBench",
                    "Other tools' papers report the figures that NeuroBench defines. Here they are by its rules, beside what really"
                            + " happened, event by event.",
                    List.of(table));
        });
    }

    private static Cell silence(RunDocument run) {
        double spikes = 0;
        double chances = 0;
        for (LayerFigures layer : run.spikingLayers()) {
            spikes += layer.spikes();
            chances += (double) layer.neurons() * run.timesteps() * run.samples();
        }
        return chances > 0 ? Cell.percent(1 - spikes / chances) : Cell.NONE;
    }

    private static Cell sum(RunDocument run, String key, ToLongFunction<LayerFigures> otherwise) {
        boolean known = run.layers().stream().anyMatch(layer -> layer.node().has(key));
        long sum = run.layers().stream()
                .mapToLong(layer -> known ? layer.node().count(key, 0) : otherwise.applyAsLong(layer))
                .sum();
        return Cell.scaled(OptionalDouble.of(run.perSample(sum)), "");
    }
}
