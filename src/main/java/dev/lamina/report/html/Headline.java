package dev.lamina.report.html;

import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the page begins with: its title, the verdict in words, and the key figures.
 *
 * @param title what was run on what
 * @param verdict how well and at what cost
 * @param tiles the key figures
 */
record Headline(String title, String verdict, List<Tile> tiles) {

    /**
     * A key figure.
     *
     * @param name what it is
     * @param figure the figure
     * @param note what it is measured against
     */
    record Tile(String name, String figure, String note) {}

    static Headline of(RunDocument run) {
        String dataset = run.root().optionalText("dataset").orElse("its data set");
        return new Headline(run.network() + " on " + dataset, verdict(run), tiles(run));
    }

    private static String verdict(RunDocument run) {
        StringBuilder text = new StringBuilder();
        text.append("After ")
                .append(Quantity.count(run.timesteps()))
                .append(" time steps (T) the spiking network puts ")
                .append(Quantity.percent(run.accuracy()))
                .append(" of ")
                .append(Quantity.count(run.samples()))
                .append(run.root()
                        .optionalText("split")
                        .map(split -> " " + split + " samples")
                        .orElse(" samples"))
                .append(" into the right class.");
        if (!run.energies().isEmpty()) {
            EnergyFigures energy = run.energies().get(0);
            text.append(" On ")
                    .append(energy.profile())
                    .append(" an inference takes ")
                    .append(Quantity.scaled(energy.parts().total(), "J"))
                    .append(energy.ratio().isPresent() ? ratio(energy.ratio().getAsDouble()) : NO_ANN);
        }
        EarlyExit.of(run).stream()
                .filter(EarlyExit::chosen)
                .forEach(exit -> text.append(" Stopped as soon as the readout is sure (a margin of ")
                        .append(Quantity.number(exit.margin(), 1))
                        .append("), it takes ")
                        .append(Quantity.number(exit.meanTimesteps(), 1))
                        .append(" time steps on average and puts ")
                        .append(Quantity.percent(exit.accuracy()))
                        .append(" right")
                        .append(share(run, exit))
                        .append('.'));
        return text.toString();
    }

    private static String share(RunDocument run, EarlyExit exit) {
        if (run.energies().isEmpty()) {
            return "";
        }
        EnergyFigures energy = run.energies().get(0);
        Double joules = exit.energy().get(energy.profile());
        return joules == null || energy.parts().total() == 0
                ? ""
                : ", at " + Quantity.percent(joules / energy.parts().total()) + " of that energy";
    }

    private static final String NO_ANN =
            "; this hardware cannot run the ordinary network, so there is nothing to compare it with.";

    private static String ratio(double ratio) {
        return ": " + times(ratio) + " times the energy of the ordinary network's multiply-accumulates"
                + (ratio < 1 ? "." : ratio > 1 ? ", which is more than they take." : ", neither more nor less.");
    }

    /** Two decimals, and for small numbers two digits. */
    static String times(double ratio) {
        return ratio >= 0.1 || ratio == 0
                ? Quantity.number(ratio, 2)
                : String.format(Locale.ROOT, "%." + Math.min(12, 1 - (int) Math.floor(Math.log10(ratio))) + "f", ratio);
    }

    private static List<Tile> tiles(RunDocument run) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(
                new Tile("accuracy", Quantity.percent(run.accuracy()), "after T = " + run.timesteps() + " time steps"));
        if (!run.energies().isEmpty()) {
            EnergyFigures energy = run.energies().get(0);
            tiles.add(new Tile(
                    "energy per inference", Quantity.scaled(energy.parts().total(), "J"), "on " + energy.profile()));
            energy.ratio()
                    .ifPresent(ratio -> tiles.add(
                            new Tile("against the ANN", times(ratio) + " ×", "the ordinary network's energy")));
        }
        if (run.root().has("spikes")) {
            long neurons =
                    run.layers().stream().mapToLong(LayerFigures::neurons).sum();
            tiles.add(new Tile(
                    "spikes per sample",
                    mean(run, "spikes"),
                    "by " + Quantity.count(neurons) + " neurons in "
                            + run.layers().size() + " layers"));
        }
        if (run.root().has("synops")) {
            String macs = run.root().has("ann_macs")
                    ? "the ANN: " + amount(run.root().number("ann_macs")) + " multiply-accumulates"
                    : "weights added to membranes";
            tiles.add(new Tile("synaptic operations per sample", mean(run, "synops"), macs));
        }
        run.root()
                .optionalNumber("samples_per_second")
                .ifPresent(speed -> tiles.add(new Tile(
                        "simulated per second",
                        Quantity.number(speed, speed < 10 ? 1 : 0),
                        "samples, on this machine")));
        return tiles;
    }

    private static String mean(RunDocument run, String key) {
        return amount(run.perSample(run.root().count(key)));
    }

    /** A number for reading: all digits while they are few, then three and a prefix. */
    static String amount(double value) {
        return value < 100_000
                ? Quantity.number(value, value < 100 ? 1 : 0)
                : Quantity.scaled(value, "").strip();
    }
}
