package dev.lamina.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.sim.LayerCounts;

/** A simulation's report as one JSON document. */
public final class JsonReport {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /** The document. Counts are sums over the samples, energies are for one sample, rates and accuracies from 0 to 1. */
    public static String render(SimulationReport report) {
        return render(tree(report));
    }

    /** The same as a tree. */
    public static ObjectNode tree(SimulationReport report) {
        SimulationReport.Subject subject = report.subject();
        Tally tally = report.tally();
        LayerCounts total = tally.total();
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("model")
                .put("file", subject.model())
                .put("sha256", subject.modelSha256())
                .put("network", subject.network());
        root.put("dataset", subject.dataset())
                .put("split", subject.split())
                .put("samples", tally.samples())
                .put("timesteps", subject.timesteps())
                .put("seed", subject.seed())
                .put("encoder", subject.encoder())
                .put("arithmetic", subject.arithmetic())
                .put("accuracy", report.accuracy());
        ArrayNode curve = root.putArray("accuracy_by_timestep");
        for (double accuracy : tally.accuracyByTimestep()) {
            curve.add(accuracy);
        }
        put(root.putObject("input"), tally.input());
        ArrayNode layers = root.putArray("layers");
        for (LayerTotal layer : tally.layers()) {
            put(layers.addObject(), layer)
                    .put("synops", layer.counts().synops())
                    .put("neuron_updates", layer.counts().neuronUpdates());
        }
        root.put("spikes", total.spikes()).put("synops", total.synops()).put("neuron_updates", total.neuronUpdates());
        ObjectNode energy = root.putObject("energy_joules");
        ObjectNode ann = MAPPER.createObjectNode();
        for (HardwareProfile profile : report.profiles()) {
            energy.put(profile.name(), report.energyPerSample(profile).total());
            report.annEnergy(profile).ifPresent(joules -> ann.put(profile.name(), joules.total()));
        }
        root.set("ann_energy_joules", ann);
        root.put("ann_macs", report.annMacs())
                .put("wall_seconds", report.wallSeconds())
                .put("samples_per_second", report.perSecond(tally.samples()))
                .put("synops_per_second", report.perSecond(total.synops()))
                .put("chip", subject.chip())
                .put("command", subject.command())
                .put("machine", subject.machine());
        EnergyJson.put(root.putArray("energy"), report);
        report.detail().ifPresent(detail -> new DetailJson(report, detail).put(root));
        return root;
    }

    /** A tree as text, indented. */
    public static String render(ObjectNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts can be written", e);
        }
    }

    private static ObjectNode put(ObjectNode node, LayerTotal layer) {
        return node.put("name", layer.name())
                .put("neurons", layer.neurons())
                .put("spikes", layer.counts().spikes())
                .put("rate", layer.rate());
    }
}
