package dev.lamina.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.energy.Energy;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.energy.Workload;

/** The energy of a sample by profile, layer and part, in joules. */
final class EnergyJson {

    private EnergyJson() {}

    static void put(ArrayNode array, SimulationReport report) {
        for (HardwareProfile profile : report.profiles()) {
            Energy energy = report.energyPerSample(profile);
            ObjectNode node = array.addObject()
                    .put("profile", profile.name())
                    .put("description", profile.description())
                    .put("source", profile.source())
                    .put("leaves_out", profile.leavesOut());
            put(node, energy);
            report.annEnergy(profile).ifPresent(ann -> {
                node.put("ann_total", ann.total());
                if (ann.total() > 0) {
                    node.put("ratio", energy.total() / ann.total());
                }
            });
            ArrayNode layers = node.putArray("layers");
            for (Workload layer : report.workloads(profile)) {
                put(layers.addObject().put("name", layer.layer()), profile.energy(layer));
            }
        }
    }

    private static void put(ObjectNode node, Energy energy) {
        node.put("synapses", energy.synapses())
                .put("neurons", energy.neurons())
                .put("memory", energy.memory())
                .put("traffic", energy.traffic())
                .put("static", energy.idle())
                .put("total", energy.total());
    }
}
