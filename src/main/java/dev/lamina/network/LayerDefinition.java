package dev.lamina.network;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;

/** One layer as HOCON, both ways. */
final class LayerDefinition {

    private static final int MAX = Shape.MAX_SIZE;

    private LayerDefinition() {}

    static Layer parse(Settings section, int position) {
        String type = section.text("type");
        String name = section.text("name", type + (position + 1));
        if (section.flag("bias", false)) {
            throw section.wrong(
                    "bias",
                    "layer '" + name + "' has a bias",
                    "leave it out: a bias makes threshold balancing impossible");
        }
        try {
            Layer layer = switch (type) {
                case "conv" -> {
                    relu(section, name);
                    yield new Conv(
                            name,
                            section.integer("channels", 1, MAX),
                            section.integer("kernel", 1, MAX),
                            section.integer("stride", 1, MAX, 1),
                            section.integer("padding", 0, MAX, 0));
                }
                case "linear" -> {
                    relu(section, name);
                    yield new Linear(name, section.integer("outputs", 1, MAX));
                }
                case "average-pool" -> {
                    int kernel = section.integer("kernel", 1, MAX);
                    yield new AveragePool(name, kernel, section.integer("stride", 1, MAX, kernel));
                }
                case "dropout" -> new Dropout(name, section.real("probability", 0, 1));
                case "flatten" -> new Flatten(name);
                case "max-pool" ->
                    throw refused(section, name, "max pooling has no spiking counterpart", "use type = average-pool");
                case "batch-norm" ->
                    throw refused(
                            section,
                            name,
                            "batch normalisation brings a bias, which makes threshold balancing impossible",
                            "leave it out and use dropout");
                default ->
                    throw refused(
                            section,
                            name,
                            "unknown layer type '" + type + "'",
                            "use conv, linear, average-pool, dropout or flatten");
            };
            section.done();
            return layer;
        } catch (IllegalArgumentException e) {
            throw section.wrong("type", "layer '" + name + "' is not possible", String.valueOf(e.getMessage()));
        }
    }

    static String render(Layer layer) {
        String head = "{ name = " + Settings.quoted(layer.name()) + ", type = ";
        if (layer instanceof Conv conv) {
            return head + "conv, channels = " + conv.channels() + ", kernel = " + conv.kernel() + ", stride = "
                    + conv.stride() + ", padding = " + conv.padding() + " }";
        } else if (layer instanceof Linear linear) {
            return head + "linear, outputs = " + linear.outputs() + " }";
        } else if (layer instanceof AveragePool pool) {
            return head + "average-pool, kernel = " + pool.kernel() + ", stride = " + pool.stride() + " }";
        } else if (layer instanceof Dropout dropout) {
            return head + "dropout, probability = " + dropout.probability() + " }";
        }
        return head + "flatten }";
    }

    private static void relu(Settings section, String name) {
        String activation = section.text("activation", "relu");
        if (!activation.equals("relu")) {
            throw section.wrong(
                    "activation",
                    "layer '" + name + "' has the activation '" + activation + "'",
                    "only relu converts to spiking neurons");
        }
    }

    private static InputException refused(Settings section, String name, String reason, String mend) {
        return section.wrong("type", "layer '" + name + "': " + reason, mend);
    }
}
