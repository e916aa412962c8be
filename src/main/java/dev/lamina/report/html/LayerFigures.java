package dev.lamina.report.html;

/**
 * A layer's figures.
 *
 * @param node all of them
 * @param name the layer's name
 * @param readout whether it is the readout, which does not fire
 * @param neurons its neurons
 * @param spikes over all samples
 * @param rate spikes a neuron and time step
 * @param synops over all samples
 * @param neuronUpdates over all samples
 */
record LayerFigures(
        RunNode node,
        String name,
        boolean readout,
        long neurons,
        long spikes,
        double rate,
        long synops,
        long neuronUpdates) {

    static LayerFigures of(RunNode node, boolean readout) {
        return new LayerFigures(
                node,
                node.text("name"),
                readout,
                node.count("neurons"),
                node.count("spikes", 0),
                node.number("rate", 0),
                node.count("synops"),
                node.count("neuron_updates", 0));
    }

    /** The input population, which has no synapses. */
    static LayerFigures input(RunNode node) {
        return new LayerFigures(
                node,
                node.optionalText("name").orElse("input"),
                false,
                node.count("neurons"),
                node.count("spikes"),
                node.number("rate"),
                0,
                0);
    }
}
