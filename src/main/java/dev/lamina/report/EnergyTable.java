package dev.lamina.report;

import dev.lamina.energy.Energy;
import dev.lamina.energy.HardwareProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The energies of a simulation under its hardware profiles, for a terminal. */
final class EnergyTable {

    /** A column, shown where a profile has something in it. */
    private record Part(String head, ToDoubleFunction<Energy> joules) {}

    private static final List<Part> PARTS = List.of(
            new Part("synapses", Energy::synapses),
            new Part("neurons", Energy::neurons),
            new Part("memory", Energy::memory),
            new Part("traffic", Energy::traffic),
            new Part("static", Energy::idle));

    private EnergyTable() {}

    /** The table, some lines of text. */
    static String render(SimulationReport report) {
        List<Energy> energies =
                report.profiles().stream().map(report::energyPerSample).toList();
        List<Part> parts = PARTS.stream()
                .filter(part ->
                        energies.stream().anyMatch(energy -> part.joules().applyAsDouble(energy) > 0))
                .toList();
        List<String> head = new ArrayList<>(List.of("energy/sample"));
        parts.forEach(part -> head.add(part.head()));
        head.addAll(List.of("total", "the ANN", "SNN : ANN"));
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (int i = 0; i < energies.size(); i++) {
            HardwareProfile profile = report.profiles().get(i);
            Energy energy = energies.get(i);
            List<String> row = new ArrayList<>(List.of(profile.name()));
            parts.forEach(part -> row.add(joules(part.joules().applyAsDouble(energy))));
            row.add(joules(energy.total()));
            Optional<Energy> ann = report.annEnergy(profile);
            row.add(ann.map(a -> joules(a.total())).orElse("no figure"));
            row.add(ann.filter(a -> a.total() > 0)
                    .map(a -> Quantity.number(energy.total() / a.total(), 2))
                    .orElse(""));
            table.row(row.toArray(String[]::new));
        }
        return table.render();
    }

    private static String joules(double value) {
        return Quantity.scaled(value, "J");
    }
}
