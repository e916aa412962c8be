package dev.lamina.mapping;

import dev.lamina.io.InputException;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import java.util.Locale;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/**
 * A network laid out on a mesh. Each spiking layer and the readout takes cores of its own, and they follow each other in the order of
 * the layers along a snake from the north-western corner: east in even rows, west in odd ones. The input has no core; it enters
 * at that corner, at column 0 and row 0. Immutable.
 */
public final class Placement {

    private final Network network;
    private final Mesh mesh;
    private final ImmutableList<LayerCut> cuts;
    private final ImmutableList<PlacedCore> cores;

    private Placement(Network network, Mesh mesh, ImmutableList<LayerCut> cuts, ImmutableList<PlacedCore> cores) {
        this.network = network;
        this.mesh = mesh;
        this.cuts = cuts;
        this.cores = cores;
    }

    /**
     * Lays a network out.
     *
     * @throws InputException if it does not fit; it says which limit stands against it, in which layer, and by how much
     */
    public static Placement of(Network network, Mesh mesh) {
        String place = "network '" + network.name() + "' on a " + mesh;
        ImmutableList<LayerCut> cuts =
                network.projections().collect(projection -> LayerCut.of(projection, mesh, place));
        long needed = cuts.sumOfLong(LayerCut::pieces);
        if (needed > mesh.cores()) {
            throw tooLarge(cuts, needed, mesh, place);
        }
        MutableList<PlacedCore> cores = Lists.mutable.empty();
        for (int layer = 0; layer < cuts.size(); layer++) {
            LayerCut cut = cuts.get(layer);
            for (int range = 0; range < cut.ranges(); range++) {
                for (int group = 0; group < cut.groups(); group++) {
                    int firstPosition = cut.rangeStarts()[range];
                    cores.add(new PlacedCore(
                            mesh.column(cores.size()),
                            mesh.row(cores.size()),
                            layer,
                            cut.name(),
                            firstPosition,
                            cut.rangeStarts()[range + 1] - firstPosition,
                            cut.groupStarts()[group],
                            cut.channels(group),
                            cut.axons()[range],
                            mesh.bytes(cut.stored()[range] * cut.channels(group))));
                }
            }
        }
        return new Placement(network, mesh, cuts, cores.toImmutable());
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** The mesh. */
    public Mesh mesh() {
        return mesh;
    }

    /** The cores that hold neurons, along the snake. */
    public ImmutableList<PlacedCore> cores() {
        return cores;
    }

    /** How each layer is cut; its pieces are consecutive cores. */
    ImmutableList<LayerCut> cuts() {
        return cuts;
    }

    private static InputException tooLarge(ImmutableList<LayerCut> cuts, long needed, Mesh mesh, String place) {
        LayerCut largest = cuts.maxBy(LayerCut::pieces);
        Projection projection = largest.reach().projection();
        String because = switch (largest.binding()) {
            case NEURONS ->
                text("%,d neurons at %,d a core", projection.target().size(), mesh.neuronsPerCore());
            case SYNAPSES ->
                text("%,d bytes of synapses at %,d a core", bytes(largest, mesh), mesh.synapseBytesPerCore());
            case AXONS ->
                text(
                        "%,d source neurons at %,d input axons a core",
                        projection.source().size(), mesh.axonsPerCore().orElseThrow());
        };
        String mend = switch (largest.binding()) {
            case NEURONS -> "raise neurons-per-core";
            case SYNAPSES -> "raise synapse-bytes-per-core, lower weight-bits or share the weights of kernels";
            case AXONS -> "raise axons-per-core";
        };
        return InputException.configuration(
                text("it needs %,d cores and there are %,d, %,d too few", needed, mesh.cores(), needed - mesh.cores())
                        + "; layer '" + largest.name() + "' takes "
                        + text("%,d of them for its ", largest.pieces())
                        + because,
                place,
                "give it more columns and rows, " + mend + ", or take a smaller network");
    }

    /** The bytes of all synapses of a layer, as they are cut. */
    private static long bytes(LayerCut cut, Mesh mesh) {
        long bytes = 0;
        for (int group = 0; group < cut.groups(); group++) {
            for (long stored : cut.stored()) {
                bytes += mesh.bytes(stored * cut.channels(group));
            }
        }
        return bytes;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
