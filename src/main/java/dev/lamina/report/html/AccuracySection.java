package dev.lamina.report.html;

import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Accuracy and energy against the time step, and what stopping early would give. */
final class AccuracySection {

    private static final String ACCURACY = "accuracy";
    private static final String EARLY = "accuracy with early exit, at its mean time step";

    /** What of the final accuracy counts as nearly all. */
    private static final double NEARLY_ALL = 0.99;

    /** The chart of accuracy against energy shows this much below the best accuracy. */
    private static final double ZOOM = 0.05;

    private AccuracySection() {}

    static Optional<Section> of(RunDocument run) {
        double[] accuracy = run.root().numbers("accuracy_by_timestep");
        if (accuracy.length == 0) {
            return Optional.empty();
        }
        Optional<EnergyCurve> energy = EnergyCurve.of(run);
        List<EarlyExit> exits = EarlyExit.of(run);
        List<Block> blocks = new ArrayList<>();
        blocks.add(overTime(run, accuracy, energy, exits));
        energy.ifPresent(curve -> blocks.add(against(accuracy, curve, exits)));
        blocks.add(byTimestep(run, accuracy));
        if (!exits.isEmpty()) {
            blocks.add(
                    Note.plain(
                            "Early exit: a sample stops as soon as the best class leads the next by the margin,"
                                    + " a difference of the readout's membrane potentials. A larger margin stops later, and errs less."));
            blocks.add(EarlyExit.table(exits));
        }
        return Optional.of(
                new Section("accuracy", "Accuracy and energy over time", lead(run, accuracy, energy), blocks));
    }

    private static String lead(RunDocument run, double[] accuracy, Optional<EnergyCurve> energy) {
        int enough = 0;
        while (enough < accuracy.length - 1 && accuracy[enough] < NEARLY_ALL * accuracy[accuracy.length - 1]) {
            enough++;
        }
        StringBuilder text = new StringBuilder("The network may be read out after any time step. After step ");
        text.append(enough + 1)
                .append(" of ")
                .append(run.timesteps())
                .append(String.format(
                        Locale.ROOT,
                        " it has reached %s, which is %.0f %% or more of its final accuracy",
                        Quantity.percent(accuracy[enough]),
                        100 * NEARLY_ALL));
        int step = enough;
        energy.filter(curve -> step < curve.joules().length && curve.last() > 0)
                .ifPresent(curve -> text.append(String.format(
                        Locale.ROOT, ", for %.0f %% of the energy", 100 * curve.joules()[step] / curve.last())));
        return text.append(". Where the accuracy has become flat, more time steps cost energy and bring nothing.")
                .toString();
    }

    private static Chart overTime(
            RunDocument run, double[] accuracy, Optional<EnergyCurve> energy, List<EarlyExit> exits) {
        List<String> names = new ArrayList<>(List.of(ACCURACY));
        energy.ifPresent(curve -> names.add(curve.name()));
        Optional<EarlyExit> chosen = exits.stream().filter(EarlyExit::chosen).findFirst();
        if (exits.size() > 1) {
            names.add(EARLY);
        }
        chosen.ifPresent(exit -> names.add(asked(exit)));
        ChartOption option = new ChartOption(names)
                .below(Axis.value("time step").from(0).to(run.timesteps()).withoutLines())
                .left(Axis.value("accuracy (%)").from(0).to(100));
        option.series(Series.coloured(
                Series.line(ACCURACY, Json.points(run.timeAxis(accuracy.length), scaled(accuracy, Scale.PERCENT))),
                "--c1"));
        energy.ifPresent(curve -> {
            Scale scale = curve.scale();
            option.right(Axis.value(scale.axis("energy per sample")).from(0).withoutLines());
            option.seriesOnTheRight(Series.coloured(
                    Series.line(
                            curve.name(),
                            Json.points(run.timeAxis(curve.joules().length), scaled(curve.joules(), scale))),
                    "--c2"));
        });
        if (exits.size() > 1) {
            List<EarlyExit> sorted = EarlyExit.sorted(exits);
            option.series(Series.coloured(
                    Series.dashed(
                            EARLY,
                            Json.points(
                                    column(sorted, EarlyExit::meanTimesteps),
                                    scaled(column(sorted, EarlyExit::accuracy), Scale.PERCENT))),
                    "--c3"));
        }
        chosen.ifPresent(exit -> option.series(Series.coloured(
                Series.symbols(asked(exit), Json.points(new double[] {exit.meanTimesteps()}, new double[] {
                    Scale.PERCENT.of(exit.accuracy())
                })),
                "--ink")));
        return new Chart(
                "accuracy-over-time",
                "Accuracy" + (energy.isPresent() ? " and energy" : "") + " against the time step",
                option.build(),
                380,
                Chart.Width.FULL);
    }

    private static String asked(EarlyExit exit) {
        return "the margin asked for, " + exit.margin();
    }

    private static Chart against(double[] accuracy, EnergyCurve curve, List<EarlyExit> exits) {
        String fixed = "all samples stop at the same time step";
        String early = "each sample stops at its margin";
        List<EarlyExit> sorted = EarlyExit.sorted(exits).stream()
                .filter(exit -> exit.joules(curve.profile()).isPresent())
                .toList();
        double shown = sorted.stream()
                .filter(EarlyExit::chosen)
                .mapToDouble(EarlyExit::accuracy)
                .reduce(accuracy[accuracy.length - 1], Math::min);
        double best = Math.max(
                Arrays.stream(accuracy).max().orElse(0),
                sorted.stream().mapToDouble(EarlyExit::accuracy).max().orElse(0));
        double floor = Math.max(0, Math.floor(100 * Math.min(best - ZOOM, shown)));
        Scale scale = curve.scale();
        ChartOption option = new ChartOption(sorted.isEmpty() ? List.of() : List.of(fixed, early))
                .below(Axis.value(scale.axis("energy per sample on " + curve.profile()))
                        .from(0)
                        .withoutLines())
                .left(Axis.value("accuracy (%), from " + Math.round(floor) + " on")
                        .from(floor)
                        .to(Math.ceil(100 * best)));
        option.series(Series.coloured(
                Series.line(fixed, Json.points(scaled(curve.joules(), scale), scaled(accuracy, Scale.PERCENT))),
                "--c1"));
        if (!sorted.isEmpty()) {
            option.series(Series.coloured(
                    Series.dashed(
                            early,
                            Json.points(
                                    scaled(
                                            column(
                                                    sorted,
                                                    e -> e.joules(curve.profile())
                                                            .orElse(0)),
                                            scale),
                                    scaled(column(sorted, EarlyExit::accuracy), Scale.PERCENT))),
                    "--c3"));
        }
        return new Chart(
                "accuracy-against-energy",
                "Accuracy against energy: up and to the left is better",
                option.build(),
                320,
                Chart.Width.FULL);
    }

    private static DataTable byTimestep(RunDocument run, double[] accuracy) {
        double[] synops =
                run.root().object("anytime").map(a -> a.numbers("synops")).orElse(new double[0]);
        DataTable.Of<Integer> table = new DataTable.Of<Integer>()
                .column("timestep", "time step", t -> Cell.count(t + 1L))
                .column("accuracy", "accuracy", t -> Cell.percent(accuracy[t]))
                .column(synops.length > 0, "synops_per_sample", "synops/sample", t -> at(synops, t, ""));
        run.root().object("anytime").flatMap(a -> a.object("energy")).ifPresent(energy -> {
            for (String profile : energy.keys()) {
                double[] joules = energy.numbers(profile);
                table.column("joules_per_sample_" + profile, "energy on " + profile, t -> at(joules, t, "J"));
            }
        });
        return table.table(
                "timesteps",
                "By time step",
                DataTable.Place.FILE,
                IntStream.range(0, accuracy.length).boxed().toList());
    }

    private static Cell at(double[] values, int index, String unit) {
        return index < values.length ? Cell.scaled(values[index], unit) : Cell.NONE;
    }

    private static double[] scaled(double[] values, Scale scale) {
        return Arrays.stream(values).map(scale::of).toArray();
    }

    private static double[] column(List<EarlyExit> exits, ToDoubleFunction<EarlyExit> column) {
        return exits.stream().mapToDouble(column).map(Scale::round).toArray();
    }
}
