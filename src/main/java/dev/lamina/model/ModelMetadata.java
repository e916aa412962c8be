package dev.lamina.model;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.Settings;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.collections.api.factory.Lists;

/**
 * All of a model but its tensors, as the string metadata of its file.
 *
 * @param network the layers
 * @param preprocessing how samples become input values
 * @param provenance where the model comes from
 * @param spiking what only a spiking model has
 */
record ModelMetadata(Network network, Preprocessing preprocessing, Provenance provenance, Optional<Spiking> spiking) {

    private static final int VERSION = 1;

    /**
     * What only a spiking model has.
     *
     * @param neuron the neuron model
     * @param encoder how input values become events
     * @param timesteps T
     */
    record Spiking(NeuronModel neuron, Encoder encoder, int timesteps) {}

    private enum Kind {
        ANN,
        SPIKING
    }

    /** The metadata that {@code model} is written with. */
    static SortedMap<String, String> of(Model model) {
        SortedMap<String, String> strings = new TreeMap<>();
        Provenance provenance = model.provenance();
        put(strings, "format_version", VERSION);
        put(strings, "kind", Metadata.name(model instanceof SpikingModel ? Kind.SPIKING : Kind.ANN));
        put(strings, "network", Metadata.hoconText(model.network().definition()));
        put(strings, "preprocessing", render(model.preprocessing()));
        put(strings, "dataset", provenance.dataset());
        put(strings, "seed", provenance.seed());
        put(
                strings,
                "history",
                provenance.history().stream()
                        .map(line -> line.replaceAll("\r\n|[\r\n]", " ") + "\n")
                        .collect(Collectors.joining()));
        provenance.conversion().ifPresent(conversion -> put(strings, "conversion", render(conversion)));
        provenance.validation().ifPresent(split -> put(strings, "validation", render(split)));
        if (model instanceof SpikingModel spiking) {
            put(strings, "leak", (double) spiking.neuron().leak());
            put(strings, "reset", Metadata.name(spiking.neuron().reset()));
            put(strings, "propagation", Metadata.name(spiking.neuron().propagation()));
            put(strings, "encoder", Metadata.name(spiking.encoder()));
            put(strings, "timesteps", spiking.timesteps());
        }
        // Tells the readers of other frameworks that these are PyTorch's layouts.
        strings.put("format", "pt");
        return strings;
    }

    /**
     * Reads the metadata of a file.
     *
     * @throws DamageException if it is not that of a model of this format version
     */
    static ModelMetadata parse(Map<String, String> strings) throws DamageException {
        Metadata metadata = new Metadata(strings);
        if (!metadata.has("format_version")) {
            throw new DamageException(
                    "a safetensors file, but not a Lamina model", "give a file that train or convert wrote");
        }
        long version = metadata.whole("format_version", 1, Long.MAX_VALUE);
        if (version > VERSION) {
            throw new DamageException(
                    "a model file of format version " + version + ", but this program reads up to " + VERSION,
                    "use a newer Lamina");
        }
        Kind kind = metadata.choice("kind", Kind.class);
        Optional<Conversion> conversion = metadata.has("conversion")
                ? Optional.of(metadata.hocon("conversion", ModelMetadata::conversion))
                : Optional.empty();
        Optional<ValidationSplit> validation = metadata.has("validation")
                ? Optional.of(metadata.hocon("validation", ModelMetadata::validation))
                : Optional.empty();
        ModelMetadata result = new ModelMetadata(
                metadata.hocon("network", Network::parse),
                metadata.hocon("preprocessing", ModelMetadata::preprocessing),
                new Provenance(
                        metadata.text("dataset"),
                        metadata.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                        Lists.immutable.fromStream(metadata.text("history").lines()),
                        conversion,
                        validation),
                kind == Kind.SPIKING ? Optional.of(spiking(metadata)) : Optional.empty());
        metadata.done();
        return result;
    }

    private static Spiking spiking(Metadata metadata) throws DamageException {
        Reset reset = metadata.choice("reset", Reset.class);
        Propagation propagation = metadata.choice("propagation", Propagation.class);
        double leak = metadata.real("leak", 0, 1);
        return new Spiking(
                new NeuronModel((float) leak, reset, propagation), metadata.choice("encoder", Encoder.class), (int)
                        metadata.whole("timesteps", 1, Integer.MAX_VALUE));
    }

    /** Floats are written as the doubles that they are exactly, so that reading does not round twice. */
    private static String render(Preprocessing preprocessing) {
        return "padding = " + preprocessing.padding() + ", mean = " + (double) preprocessing.mean() + ", deviation = "
                + (double) preprocessing.deviation();
    }

    private static Preprocessing preprocessing(Settings settings) {
        settings.bare("preprocessing");
        return new Preprocessing(
                settings.integer("padding", 0, Integer.MAX_VALUE), (float) settings.real("mean", 0, 1), (float)
                        settings.real("deviation", 0, Float.MAX_VALUE));
    }

    private static String render(Conversion conversion) {
        return "scale = " + conversion.scale() + ", percentile = " + conversion.percentile() + ", timesteps = "
                + conversion.timesteps() + ", samples = " + conversion.samples();
    }

    private static Conversion conversion(Settings settings) {
        return new Conversion(
                settings.real("scale", -Double.MAX_VALUE, Double.MAX_VALUE),
                settings.real("percentile", -Double.MAX_VALUE, Double.MAX_VALUE),
                settings.integer("timesteps", Integer.MIN_VALUE, Integer.MAX_VALUE),
                settings.integer("samples", Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static String render(ValidationSplit split) {
        return "size = " + split.size() + ", draw = " + Metadata.name(split.draw()) + ", seed = " + split.seed();
    }

    private static ValidationSplit validation(Settings settings) {
        return new ValidationSplit(
                settings.integer("size", 1, Integer.MAX_VALUE),
                settings.choice("draw", ValidationSplit.Draw.class),
                settings.wholeNumber("seed", 0));
    }

    private static void put(SortedMap<String, String> strings, String key, Object value) {
        String text = value.toString();
        if (text.length() > SafetensorsHeader.MAX_STRING) {
            throw new IllegalArgumentException("the metadata '" + key + "' is too long");
        }
        strings.put(Metadata.PREFIX + key, text);
    }
}
