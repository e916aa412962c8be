package dev.lamina.model;

import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.LongLists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableLongList;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a model file: {@code <layer>.weight}, and of a spiking model {@code <layer>.threshold} (one value, or
 * one a channel; none for the readout), {@code <layer>.bias} and {@code <layer>.initial_potential} (one a channel, or
 * absent).
 */
final class ModelTensors {

    private static final String WEIGHT = ".weight";
    private static final String THRESHOLD = ".threshold";
    private static final String BIAS = ".bias";
    private static final String INITIAL_POTENTIAL = ".initial_potential";

    private static final ImmutableLongList SCALAR = LongLists.immutable.empty();
    private static final ImmutableLongList SINGLE = LongLists.immutable.of(1);

    private final Network network;
    private final Map<String, float[]> values = new HashMap<>();

    private ModelTensors(Network network) {
        this.network = network;
    }

    /** The tensors that {@code model} is written as: weights in 16 bits where these lose nothing. */
    static List<Tensor> of(Model model) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < model.network().projections().size(); i++) {
            Projection projection = model.network().projections().get(i);
            float[] weights = model.weights().tensor(i);
            Dtype dtype = Float16.holds(weights) ? Dtype.F16 : Dtype.F32;
            tensors.add(new Tensor(projection.name() + WEIGHT, dtype, weightShape(projection), weights));
            if (model instanceof SpikingModel spiking) {
                Population population = spiking.populations().get(i);
                addChannels(tensors, projection.name() + THRESHOLD, single(population.thresholds()));
                addChannels(tensors, projection.name() + BIAS, population.bias());
                addChannels(tensors, projection.name() + INITIAL_POTENTIAL, population.initialPotential());
            }
        }
        return tensors;
    }

    /**
     * Reads the tensors of a model, from a stream that stands at the first.
     *
     * @throws DamageException if they are not those of such a model; this is found before any is read
     */
    static ModelTensors read(InputStream in, SafetensorsHeader header, Network network, boolean spiking)
            throws IOException, DamageException {
        ModelTensors tensors = new ModelTensors(network);
        tensors.check(header, spiking);
        for (SafetensorsHeader.Entry entry : header.entries()) {
            tensors.values.put(entry.name(), Safetensors.readTensor(in, entry));
        }
        return tensors;
    }

    /** The weights, one array a projection. */
    List<float[]> weights() {
        List<float[]> weights = new ArrayList<>();
        for (Projection projection : network.projections()) {
            float[] tensor = values.get(projection.name() + WEIGHT);
            weights.add(tensor == null ? new float[0] : tensor);
        }
        return weights;
    }

    /** The populations of a spiking model. */
    ImmutableList<Population> populations() {
        MutableList<Population> populations = Lists.mutable.empty();
        for (Projection projection : network.projections()) {
            populations.add(new Population(
                    spread(
                            values.get(projection.name() + THRESHOLD),
                            projection.target().channels()),
                    values.get(projection.name() + BIAS),
                    values.get(projection.name() + INITIAL_POTENTIAL)));
        }
        return populations.toImmutable();
    }

    private void check(SafetensorsHeader header, boolean spiking) throws DamageException {
        Map<String, SafetensorsHeader.Entry> left = new HashMap<>();
        header.entries().forEach(entry -> left.put(entry.name(), entry));
        checkPresence(left.keySet(), spiking);
        for (Projection projection : network.projections()) {
            boolean readout = projection.equals(network.projections().getLast());
            ImmutableLongList channels =
                    LongLists.immutable.of(projection.target().channels());
            checkShape(projection, "weights", left.remove(projection.name() + WEIGHT), weightShape(projection));
            if (spiking) {
                if (!readout) {
                    SafetensorsHeader.Entry thresholds = left.remove(projection.name() + THRESHOLD);
                    checkShape(projection, "thresholds", thresholds, channels, SINGLE, SCALAR);
                }
                checkShape(projection, "bias", left.remove(projection.name() + BIAS), channels);
                SafetensorsHeader.Entry potential = left.remove(projection.name() + INITIAL_POTENTIAL);
                checkShape(projection, "initial potential", potential, channels);
            }
        }
        if (!left.isEmpty()) {
            String extra = left.keySet().stream().sorted().findFirst().orElse("");
            if (!spiking && extra.endsWith(BIAS)) {
                throw new DamageException(
                        "tensor '" + Shorten.text(extra) + "' is a bias, and an ordinary network has none here",
                        "train it without biases: balancing thresholds has no place for them");
            }
            throw new DamageException(
                    "tensor '" + Shorten.text(extra) + "' has no place in "
                            + (spiking ? "a spiking network" : "an ordinary network") + " of these layers",
                    "leave it out, or correct the network in the file's metadata");
        }
    }

    /** Says which tensor a layer lacks and, since an exporter may have called it something else, what no layer takes. */
    private void checkPresence(Set<String> present, boolean spiking) throws DamageException {
        for (Projection projection : network.projections()) {
            checkPresence(projection, "weights", WEIGHT, present);
            if (spiking && !projection.equals(network.projections().getLast())) {
                checkPresence(projection, "thresholds", THRESHOLD, present);
            }
        }
    }

    private void checkPresence(Projection projection, String what, String ending, Set<String> present)
            throws DamageException {
        String name = projection.name() + ending;
        if (present.contains(name)) {
            return;
        }
        Set<String> known = names();
        // Those that may be meant come before all others.
        Optional<String> other = present.stream()
                .filter(tensor -> !known.contains(tensor))
                .min(Comparator.comparing((String tensor) -> !tensor.endsWith(ending))
                        .thenComparing(Comparator.naturalOrder()));
        throw new DamageException(
                "layer '" + projection.name() + "' has no " + what,
                other.map(tensor -> "the file has '" + Shorten.text(tensor) + "', which no layer takes; ")
                                .orElse("")
                        + "save them as '" + name + "', or correct the network in the file's metadata");
    }

    /** The names of all tensors that layers may have. */
    private Set<String> names() {
        Set<String> names = new HashSet<>();
        for (Projection projection : network.projections()) {
            for (String ending : List.of(WEIGHT, THRESHOLD, BIAS, INITIAL_POTENTIAL)) {
                names.add(projection.name() + ending);
            }
        }
        return names;
    }

    private static void checkShape(
            Projection projection, String what, SafetensorsHeader.@Nullable Entry entry, ImmutableLongList... shapes)
            throws DamageException {
        if (entry != null && !Arrays.asList(shapes).contains(entry.shape())) {
            throw new DamageException(
                    "layer '" + projection.name() + "' takes " + what + " of the shape " + shapes[0]
                            + ", but the file has " + entry.shape(),
                    reshaping(entry.shape(), shapes[0]));
        }
    }

    private static String reshaping(ImmutableLongList found, ImmutableLongList wanted) {
        if (!found.toReversed().equals(wanted)) {
            return "save it in this shape, or correct the network in the file's metadata";
        }
        // Of a convolution the reversed axes alone would leave the kernels mirrored.
        return wanted.size() == 2
                ? "it looks transposed: save it outputs first, as PyTorch has it"
                : "it looks transposed: save its axes as PyTorch has them, outputs, inputs, height and width";
    }

    private static ImmutableLongList weightShape(Projection projection) {
        return LongLists.immutable.ofAll(
                Arrays.stream(projection.weightDimensions()).asLongStream());
    }

    private static void addChannels(List<Tensor> tensors, String name, float @Nullable [] values) {
        if (values != null) {
            tensors.add(new Tensor(name, Dtype.F32, LongLists.immutable.of(values.length), values));
        }
    }

    /** One value instead of many that are equal. */
    private static float @Nullable [] single(float @Nullable [] values) {
        if (values != null) {
            for (float value : values) {
                if (value != values[0]) {
                    return values;
                }
            }
            return new float[] {values[0]};
        }
        return null;
    }

    /** Many equal values instead of one. */
    private static float @Nullable [] spread(float @Nullable [] values, int channels) {
        if (values == null || values.length == channels) {
            return values;
        }
        float[] spread = new float[channels];
        Arrays.fill(spread, values[0]);
        return spread;
    }
}
