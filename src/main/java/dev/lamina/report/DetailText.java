package dev.lamina.report;

import dev.lamina.activity.EarlyExit;
import dev.lamina.activity.OperationCounts;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.mapping.CoreLoad;
import dev.lamina.mapping.MeshLoad;
import java.util.stream.Collectors;

/** What a terminal shows of a report in full. */
final class DetailText {

    private DetailText() {}

    static String render(SimulationReport report, RunDetail detail) {
        String exit = detail.activity()
                .exit()
                .map(early -> exit(report, detail, early) + '\n')
                .orElse("");
        String mapped = detail.mapped().stream().map(DetailText::mapped).collect(Collectors.joining());
        return exit + (mapped.isEmpty() ? "" : mapped + '\n');
    }

    private static String exit(SimulationReport report, RunDetail detail, EarlyExit exit) {
        long synops = exit.layers().stream().mapToLong(OperationCounts::synops).sum();
        StringBuilder text = new StringBuilder("stopped at a margin of ")
                .append(Quantity.number(exit.margin(), 2))
                .append(": ")
                .append(Quantity.percent(exit.accuracy()))
                .append(" in ")
                .append(Quantity.number(exit.meanTimesteps(), 2))
                .append(" time steps on average, ")
                .append(Quantity.number(synops / (double) Math.max(1, exit.samples()), 1))
                .append(" synops/sample\n");
        for (HardwareProfile profile : report.profiles()) {
            double joules = profile.energy(
                            detail.workloads(profile, exit.layers(), exit.samples(), exit.meanTimesteps()))
                    .total();
            double all = report.energyPerSample(profile).total();
            text.append("  ")
                    .append(profile.name())
                    .append(": ")
                    .append(Quantity.scaled(joules, "J"))
                    .append(all > 0 ? ", " + Quantity.percent(joules / all) + " of the energy of all time steps" : "")
                    .append('\n');
        }
        return text.toString();
    }

    private static String mapped(MappedProfile profile) {
        return profile.load()
                .map(load -> mapped(profile.profile().name(), load))
                .orElseGet(() -> "on " + profile.profile().name() + ": " + profile.complaint() + '\n');
    }

    private static String mapped(String name, MeshLoad load) {
        CoreLoad busiest = load.busiestCore();
        return "on " + name + ": " + Quantity.count(load.cores().size()) + " of "
                + Quantity.count(load.mesh().cores()) + " cores, "
                + Quantity.count(Math.round(load.perSample(load.packets()))) + " packets and "
                + Quantity.count(Math.round(load.perSample(load.hops()))) + " hops a sample, about "
                + Quantity.scaled(load.nanosecondsPerSample() / 1e9, "s") + " a sample; busiest core ("
                + busiest.core().column() + ", " + busiest.core().row() + ") of "
                + busiest.core().layerName() + ", busy "
                + Quantity.percent(busiest.busyShare()) + " of the time\n";
    }
}
