package dev.lamina.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.mapping.CoreLoad;
import dev.lamina.mapping.LinkLoad;
import dev.lamina.mapping.MeshLoad;
import java.util.List;

/** The network on the cores of each profile, or why it does not fit them. */
final class MappingJson {

    private static final double SECONDS = 1e-9;

    private MappingJson() {}

    static void put(ArrayNode array, List<MappedProfile> profiles) {
        for (MappedProfile profile : profiles) {
            ObjectNode node = array.addObject().put("profile", profile.profile().name());
            profile.load().ifPresentOrElse(load -> put(node, load), () -> node.put("complaint", profile.complaint()));
        }
    }

    private static void put(ObjectNode node, MeshLoad load) {
        node.put("columns", load.mesh().columns())
                .put("rows", load.mesh().rows())
                .put("packets", load.packets())
                .put("hops", load.hops())
                .put("local_deliveries", load.localDeliveries())
                .put("mean_tick_seconds", load.times().mean() * SECONDS)
                .put("max_tick_seconds", load.times().longest() * SECONDS)
                .put("inference_seconds", load.nanosecondsPerSample() * SECONDS)
                .put("link_bound_ticks", load.times().linkBound())
                .put("core_utilisation", load.coreUtilisation())
                .put("neuron_utilisation", load.neuronUtilisation())
                .put("synapse_utilisation", load.synapseUtilisation())
                .put("mean_busy_share", load.meanBusyShare());
        ArrayNode cores = node.putArray("cores");
        load.cores().forEach(core -> put(cores.addObject(), core));
        put(node.putObject("busiest_core"), load.busiestCore());
        ArrayNode links = node.putArray("links");
        load.links().forEach(link -> put(links.addObject(), link));
        load.busiestLink().ifPresent(link -> put(node.putObject("busiest_link"), link));
    }

    private static void put(ObjectNode node, CoreLoad load) {
        node.put("x", load.core().column())
                .put("y", load.core().row())
                .put("layer", load.core().layerName())
                .put("neurons", load.core().neurons())
                .put("synapse_bytes", load.core().synapseBytes())
                .put("synops", load.synops())
                .put("neuron_updates", load.neuronUpdates())
                .put("busy", load.busyShare());
    }

    private static void put(ObjectNode node, LinkLoad link) {
        int dx = switch (link.direction()) {
            case EAST -> 1;
            case WEST -> -1;
            default -> 0;
        };
        int dy = switch (link.direction()) {
            case SOUTH -> 1;
            case NORTH -> -1;
            default -> 0;
        };
        node.put("from_x", link.column())
                .put("from_y", link.row())
                .put("to_x", link.column() + dx)
                .put("to_y", link.row() + dy)
                .put("packets", link.packets())
                .put("busy", link.busyShare());
    }
}
