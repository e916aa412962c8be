package dev.lamina.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What it gives to stop each sample as soon as the best class leads by a margin.
 *
 * @param margin the margin
 * @param meanTimesteps the time steps that a sample takes on average
 * @param accuracy from 0 to 1
 * @param synops synaptic operations of a sample, on average
 * @param energy in joules for a sample, by profile
 * @param chosen whether the user asked for this margin
 */
record EarlyExit(
        double margin,
        double meanTimesteps,
        double accuracy,
        OptionalDouble synops,
        Map<String, Double> energy,
        boolean chosen) {

    /** All margins of a run, the one that was asked for among them. */
    static List<EarlyExit> of(RunDocument run) {
        Optional<RunNode> anytime = run.root().object("anytime");
        if (anytime.isEmpty()) {
            return List.of();
        }
        List<EarlyExit> exits = new ArrayList<>();
        anytime.get().objects("exits").forEach(node -> exits.add(of(node, false)));
        anytime.get().object("exit").ifPresent(node -> {
            EarlyExit chosen = of(node, true);
            exits.removeIf(exit -> exit.margin() == chosen.margin());
            exits.add(chosen);
        });
        exits.sort(Comparator.comparingDouble(EarlyExit::margin));
        return exits;
    }

    /** By the mean time step, as a line through them goes. */
    static List<EarlyExit> sorted(List<EarlyExit> exits) {
        return exits.stream()
                .sorted(Comparator.comparingDouble(EarlyExit::meanTimesteps))
                .toList();
    }

    static DataTable table(List<EarlyExit> exits) {
        DataTable.Of<EarlyExit> table = new DataTable.Of<EarlyExit>()
                .column("margin", "margin", e -> Cell.number(e.margin(), 3))
                .column("mean_timesteps", "mean time step", e -> Cell.number(e.meanTimesteps(), 1))
                .column("accuracy", "accuracy", e -> Cell.percent(e.accuracy()))
                .column("synops_per_sample", "synops/sample", e -> Cell.scaled(e.synops(), ""));
        exits.stream()
                .flatMap(e -> e.energy().keySet().stream())
                .distinct()
                .forEach(profile -> table.column(
                        "joules_per_sample_" + profile,
                        "energy on " + profile,
                        e -> Cell.scaled(e.joules(profile), "J")));
        if (exits.stream().anyMatch(EarlyExit::chosen)) {
            table.column("chosen", "", e -> new Cell(e.chosen() ? "asked for" : "", e.chosen() ? "yes" : "no"));
        }
        return table.table("early-exit", "Early exit by margin", DataTable.Place.FOLDED, exits);
    }

    /** The energy under a profile, in joules for a sample. */
    OptionalDouble joules(String profile) {
        return energy.containsKey(profile) ? OptionalDouble.of(energy.get(profile)) : OptionalDouble.empty();
    }

    private static EarlyExit of(RunNode node, boolean chosen) {
        Map<String, Double> energy = new TreeMap<>();
        node.object("energy")
                .ifPresent(profiles -> profiles.keys().forEach(key -> energy.put(key, profiles.number(key))));
        return new EarlyExit(
                node.number("margin"),
                node.number("mean_timesteps"),
                node.number("accuracy"),
                node.optionalNumber("synops"),
                energy,
                chosen);
    }
}
