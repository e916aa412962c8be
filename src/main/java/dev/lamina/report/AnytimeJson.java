package dev.lamina.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.activity.EarlyExit;
import dev.lamina.activity.LayerActivity;
import dev.lamina.activity.OperationCounts;
import dev.lamina.energy.HardwareProfile;
import java.util.List;

/** Accuracy, synaptic operations and energy against the time step, and against the margin to stop early at. */
final class AnytimeJson {

    private final SimulationReport report;
    private final RunDetail detail;
    private final List<LayerActivity> layers;

    AnytimeJson(SimulationReport report, RunDetail detail) {
        this.report = report;
        this.detail = detail;
        layers = detail.activity().layers();
    }

    void put(ObjectNode node) {
        int samples = detail.activity().samples();
        double[] accuracies = report.tally().accuracyByTimestep();
        ArrayNode accuracy = node.putArray("accuracy");
        ArrayNode synops = node.putArray("synops");
        ObjectNode energy = node.putObject("energy");
        for (double one : accuracies) {
            accuracy.add(one);
        }
        for (int tick = 0; tick < accuracies.length; tick++) {
            synops.add(synops(upTo(tick)) / (double) Math.max(1, samples));
        }
        for (HardwareProfile profile : report.profiles()) {
            ArrayNode joules = energy.putArray(profile.name());
            for (int tick = 0; tick < accuracies.length; tick++) {
                joules.add(joules(profile, upTo(tick), samples, tick + 1));
            }
        }
        ArrayNode exits = node.putArray("exits");
        detail.activity().exits().forEach(exit -> putExit(exits.addObject(), exit));
        detail.activity().exit().ifPresent(exit -> putExit(node.putObject("exit"), exit));
    }

    private void putExit(ObjectNode node, EarlyExit exit) {
        node.put("margin", exit.margin())
                .put("mean_timesteps", exit.meanTimesteps())
                .put("accuracy", exit.accuracy())
                .put("synops", synops(exit.layers()) / (double) Math.max(1, exit.samples()));
        ObjectNode energy = node.putObject("energy");
        for (HardwareProfile profile : report.profiles()) {
            energy.put(profile.name(), joules(profile, exit.layers(), exit.samples(), exit.meanTimesteps()));
        }
    }

    private List<OperationCounts> upTo(int tick) {
        return layers.stream().map(layer -> layer.cumulative()[tick]).toList();
    }

    private double joules(HardwareProfile profile, List<OperationCounts> counts, int samples, double timesteps) {
        return profile.energy(detail.workloads(profile, counts, samples, timesteps))
                .total();
    }

    private static long synops(List<OperationCounts> counts) {
        return counts.stream().mapToLong(OperationCounts::synops).sum();
    }
}
