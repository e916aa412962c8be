package dev.lamina.mapping;

import dev.lamina.io.InputException;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.bag.MutableBag;
import org.eclipse.collections.api.factory.Bags;
import org.eclipse.collections.api.factory.primitive.IntLists;
import org.eclipse.collections.api.factory.primitive.LongLists;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.api.list.primitive.MutableLongList;
import org.eclipse.collections.api.tuple.primitive.ObjectIntPair;

/*
 * Channels first: a layer is cut into the fewest groups of channels, of equal size but for one, such that any single position with the
 * channels of a group fits a core; mostly that is one group of all channels. Then positions, row by row: a core takes the next one as
 * long as all limits allow. All groups are cut at the same positions, so that the pieces form a grid, and a source position's targets
 * are ranges of positions times all groups.
 */
/**
 * How a layer is cut into pieces that each fit a core: ranges of positions times groups of channels. Pieces are numbered range by
 * range, within a range group by group. Immutable.
 *
 * @param reach the layer's projection
 * @param rangeStarts where each range of positions begins, then the number of positions
 * @param groupStarts where each group of channels begins, then the number of channels
 * @param axons by range, the source neurons that send to a piece of it
 * @param stored by range, what a piece stores for each of its channels: synapses, or weights where they are shared
 * @param binding the limit that most pieces were cut for
 */
record LayerCut(Reach reach, int[] rangeStarts, int[] groupStarts, int[] axons, long[] stored, Limit binding) {

    /**
     * Cuts a layer.
     *
     * @param place where the complaint says that it is
     * @throws InputException if a single neuron needs more synapses or sources than a core takes
     */
    static LayerCut of(Projection projection, Mesh mesh, String place) {
        Reach reach = new Reach(projection);
        Shape target = projection.target();
        long heaviest = 0;
        for (int position = 0; position < target.positions(); position++) {
            checkAxons(reach, position, mesh, place);
            heaviest = Math.max(heaviest, stored(reach, position, mesh));
        }
        int roomy = channelsWithin(heaviest, mesh);
        if (roomy == 0) {
            throw misfit(
                    reach,
                    place,
                    "needs %,d bytes of synapses and a core has %,d: %,d too few",
                    mesh.bytes(heaviest),
                    mesh.synapseBytesPerCore(),
                    "raise synapse-bytes-per-core, lower weight-bits or address-bits, or give the layer fewer inputs");
        }
        int most = Math.min(Math.min(mesh.neuronsPerCore(), roomy), target.channels());
        int groups = (target.channels() + most - 1) / most;
        int[] groupStarts = new int[groups + 1];
        Arrays.setAll(groupStarts, group -> (int) ((long) target.channels() * group / groups));
        MutableBag<Limit> reasons = Bags.mutable.empty();
        MutableIntList starts = IntLists.mutable.empty();
        MutableIntList axons = IntLists.mutable.empty();
        MutableLongList stored = LongLists.mutable.empty();
        CoreFilling core = new CoreFilling(reach, mesh, (target.channels() + groups - 1) / groups);
        for (int position = 0; position < target.positions(); position++) {
            Optional<Limit> full = core.add(position);
            if (full.isPresent()) {
                reasons.addOccurrences(full.get(), groups);
                axons.add(core.axons());
                stored.add(core.stored());
                core.next();
                if (core.add(position).isPresent()) {
                    throw new IllegalStateException("a position that fits by itself does not fit an empty core");
                }
            }
            if (position == 0 || full.isPresent()) {
                starts.add(position);
            }
        }
        axons.add(core.axons());
        stored.add(core.stored());
        Limit ofGroups = roomy < mesh.neuronsPerCore() ? Limit.SYNAPSES : Limit.NEURONS;
        reasons.addOccurrences(ofGroups, starts.size() * (groups - 1));
        starts.add(target.positions());
        return new LayerCut(
                reach, starts.toArray(), groupStarts, axons.toArray(), stored.toArray(), mostFrequent(reasons));
    }

    /** Ranges of positions. */
    int ranges() {
        return rangeStarts.length - 1;
    }

    /** Groups of channels. */
    int groups() {
        return groupStarts.length - 1;
    }

    /** Cores that the layer takes. */
    long pieces() {
        return (long) ranges() * groups();
    }

    /** The channels of a group. */
    int channels(int group) {
        return groupStarts[group + 1] - groupStarts[group];
    }

    /** The layer's name. */
    String name() {
        return reach.projection().name();
    }

    private static void checkAxons(Reach reach, int position, Mesh mesh, String place) {
        if (mesh.axonsPerCore().isPresent()
                && reach.fanIn(position) > mesh.axonsPerCore().getAsInt()) {
            throw misfit(
                    reach,
                    place,
                    "listens to %,d source neurons and a core takes %,d input axons: %,d too few",
                    reach.fanIn(position),
                    mesh.axonsPerCore().getAsInt(),
                    "raise axons-per-core, or give the layer fewer inputs by smaller kernels, pools or layers before it");
        }
    }

    /** What each neuron of a position stores. */
    private static long stored(Reach reach, int position, Mesh mesh) {
        return mesh.convolution() == ConvolutionStorage.SHARED ? reach.weights(position) : reach.fanIn(position);
    }

    /** How many channels of a position a core has memory for. */
    private static int channelsWithin(long storedByEach, Mesh mesh) {
        int fits = 0;
        int over = mesh.neuronsPerCore() + 1;
        while (over - fits > 1) {
            int middle = (fits + over) >>> 1;
            if (mesh.bytes(storedByEach * middle) <= mesh.synapseBytesPerCore()) {
                fits = middle;
            } else {
                over = middle;
            }
        }
        return fits;
    }

    private static Limit mostFrequent(MutableBag<Limit> reasons) {
        return reasons.isEmpty()
                ? Limit.NEURONS
                : reasons.topOccurrences(1).collect(ObjectIntPair::getOne).min();
    }

    private static InputException misfit(
            Reach reach, String place, String what, long needed, long offered, String mend) {
        return InputException.configuration(
                "a neuron of layer '" + reach.projection().name() + "' "
                        + String.format(Locale.ROOT, what, needed, offered, needed - offered),
                place,
                mend);
    }
}
