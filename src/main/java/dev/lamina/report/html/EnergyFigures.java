package dev.lamina.report.html;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The energy of an inference under a hardware profile, in joules for a sample.
 *
 * @param profile the profile's name
 * @param description the hardware
 * @param source where the profile's numbers are from
 * @param leavesOut what they do not count
 * @param parts what it is spent on, of the whole network
 * @param annTotal the multiply-accumulates of the ordinary network, where the hardware can run it
 * @param ratio this network's energy for one joule of the ordinary one's
 * @param layers what it is spent on, by layer
 */
record EnergyFigures(
        String profile,
        String description,
        String source,
        String leavesOut,
        Parts parts,
        OptionalDouble annTotal,
        OptionalDouble ratio,
        List<Parts> layers) {

    /** What energy is spent on: the keys in the document. */
    static final List<String> KINDS = List.of("synapses", "neurons", "memory", "traffic", "static");

    /**
     * Energy by what it is spent on.
     *
     * @param name whose it is
     * @param joules in the order of {@link #KINDS}
     * @param total all of it
     */
    record Parts(String name, double[] joules, double total) {

        static Parts of(RunNode node, String name) {
            double[] joules =
                    KINDS.stream().mapToDouble(kind -> node.number(kind, 0)).toArray();
            return new Parts(
                    name, joules, node.number("total", Arrays.stream(joules).sum()));
        }
    }

    static EnergyFigures of(RunNode node) {
        Parts parts = Parts.of(node, node.text("profile"));
        OptionalDouble ann = node.optionalNumber("ann_total");
        OptionalDouble ratio = node.optionalNumber("ratio");
        if (ratio.isEmpty() && ann.isPresent() && ann.getAsDouble() > 0) {
            ratio = OptionalDouble.of(parts.total() / ann.getAsDouble());
        }
        return new EnergyFigures(
                parts.name(),
                node.optionalText("description").orElse(""),
                node.optionalText("source").orElse(""),
                node.optionalText("leaves_out").orElse(""),
                parts,
                ann,
                ratio,
                node.objects("layers").stream()
                        .map(layer -> Parts.of(layer, layer.text("name")))
                        .toList());
    }
}
