package dev.lamina.network;

import dev.lamina.io.InputException;
import dev.lamina.io.OneLine;
import dev.lamina.io.Settings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/**
 * A feed-forward network: the shape of its input and its layers, known to fit together.
 *
 * @param name what the network is called
 * @param input the shape of a sample
 * @param layers the layers in order; the last one is a weight layer
 * @param projections the weight layers with what stands before each, in order
 */
public record Network(String name, Shape input, ImmutableList<Layer> layers, ImmutableList<Projection> projections) {

    /** More layers than this is a damaged definition. */
    private static final int MAX_LAYERS = 1024;

    /** What reports, recordings and actors call the population before the first layer. */
    public static final String INPUT = "input";

    /**
     * Puts layers together.
     *
     * @throws InputException if they do not fit; it names the layer and the reason
     */
    public static Network of(String name, Shape input, Iterable<? extends Layer> layers) {
        return of(name, input, layers, name);
    }

    private static Network of(String name, Shape input, Iterable<? extends Layer> layers, String source) {
        if (name.isBlank() || !OneLine.of(name).equals(name)) {
            throw misfit("the network's name is not usable", source, "give it one line of text");
        }
        MutableList<Layer> all = Lists.mutable.empty();
        MutableList<Projection> projections = Lists.mutable.empty();
        Set<String> names = new HashSet<>();
        Shape population = input;
        Optional<AveragePool> pool = Optional.empty();
        Shape shape = input;
        boolean flattened = false;
        for (Layer layer : layers) {
            if (all.size() == MAX_LAYERS) {
                throw misfit("more than " + MAX_LAYERS + " layers", source, "leave some out");
            }
            String where = source + ", layer '" + layer.name() + "'";
            if (!names.add(layer.name())) {
                throw misfit("two layers have one name", where, "rename one of them");
            }
            if (!layer.name().matches("[A-Za-z0-9_-]{1,64}")) {
                throw misfit("a layer's name is not usable", where, "use letters, digits, '-' and '_'");
            }
            if (layer.name().equals(INPUT)) {
                throw misfit("a layer is named as the input population is", where, "give it another name");
            }
            try {
                if (layer instanceof Conv && flattened) {
                    throw new IllegalArgumentException(
                            "a convolution needs feature maps; leave out the flatten layer before it");
                }
                Shape output = layer.output(shape);
                if (layer instanceof WeightLayer weightLayer) {
                    if (layer instanceof Linear && shape.positions() > 1) {
                        throw new IllegalArgumentException(
                                "a linear layer needs a flat input, not " + shape + "; put a flatten layer before it");
                    }
                    projections.add(Projection.of(weightLayer, population, pool));
                    population = output;
                    pool = Optional.empty();
                    flattened = false;
                } else if (layer instanceof AveragePool average) {
                    if (pool.isPresent()) {
                        throw new IllegalArgumentException(
                                "it follows the pool '" + pool.get().name() + "' directly; use one larger pool");
                    }
                    if (shape.positions() == 1 && average.kernel() == 1) {
                        throw new IllegalArgumentException("it pools nothing; leave it out");
                    }
                    pool = Optional.of(average);
                } else if (layer instanceof Flatten) {
                    flattened = flattened || shape.positions() > 1;
                }
                shape = output;
            } catch (IllegalArgumentException e) {
                throw InputException.configuration("layer does not fit", where, String.valueOf(e.getMessage()), e);
            }
            all.add(layer);
        }
        if (all.isEmpty() || !(all.getLast() instanceof WeightLayer)) {
            throw misfit("the last layer has no weights", source, "end the network in a conv or linear layer");
        }
        return new Network(name, input, all.toImmutable(), projections.toImmutable());
    }

    /**
     * Reads a definition: {@code name}, {@code input { channels, height, width }} and the list {@code layers}, each
     * with a {@code type} (conv, linear, average-pool, dropout or flatten) and that type's keys.
     *
     * @throws InputException if a key is wrong, a layer can not be converted to spikes, or the layers do not fit
     */
    public static Network parse(Settings definition) {
        definition.bare("network");
        String name = definition.text("name");
        Settings size = definition.section("input");
        Shape input;
        try {
            input = new Shape(
                    size.integer("channels", 1, Shape.MAX_SIZE),
                    size.integer("height", 1, Shape.MAX_SIZE),
                    size.integer("width", 1, Shape.MAX_SIZE));
        } catch (IllegalArgumentException e) {
            throw InputException.configuration(
                    "the input has no usable shape", definition.where("input"), String.valueOf(e.getMessage()), e);
        }
        size.done();
        MutableList<Layer> layers = Lists.mutable.empty();
        for (Settings section : definition.sections("layers")) {
            layers.add(LayerDefinition.parse(section, layers.size()));
        }
        String source = definition.where("layers");
        definition.done();
        return of(name, input, layers, source);
    }

    /** The definition as HOCON text that {@link #parse} reads back to an equal network. */
    public String definition() {
        StringBuilder text = new StringBuilder();
        text.append("name = ").append(Settings.quoted(name)).append('\n');
        text.append("input { channels = ")
                .append(input.channels())
                .append(", height = ")
                .append(input.height())
                .append(", width = ")
                .append(input.width())
                .append(" }\nlayers = [\n");
        for (Layer layer : layers) {
            text.append("  ").append(LayerDefinition.render(layer)).append('\n');
        }
        return text.append("]\n").toString();
    }

    /** The shape of the readout: one neuron a class. */
    public Shape output() {
        return projections.getLast().target();
    }

    /** Multiply-accumulates of the ordinary network for one sample. */
    public long macs() {
        return projections.sumOfLong(Projection::macs);
    }

    /** The number of weights. */
    public long weights() {
        return projections.sumOfInt(Projection::weights);
    }

    /** Neurons of the spiking populations and the readout. */
    public long neurons() {
        return projections.sumOfInt(projection -> projection.target().size());
    }

    private static InputException misfit(String what, String where, String mend) {
        return InputException.configuration(what, where, mend);
    }
}
