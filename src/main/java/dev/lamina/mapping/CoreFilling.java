package dev.lamina.mapping;

import dev.lamina.network.Projection;
import java.util.Optional;

/**
 * A core that is being filled with positions of one layer, all with the same number of channels, and what they ask of it. A source
 * neuron or a shared weight that several positions use counts once. For one thread.
 */
final class CoreFilling {

    private final Reach reach;
    private final Mesh mesh;
    private final int channels;
    private final int sourceWidth;
    private final int sourceChannels;
    private final int kernelWidth;
    private final int pooledChannels;

    /** By source position and by tap of the kernel: the number of the core that has it, so that nothing need be cleared. */
    private final int[] sourceSeen;

    private final int[] tapSeen;
    private int core = 1;
    private int positions;
    private long sources;
    private long taps;
    /** Of one channel. */
    private long synapses;

    CoreFilling(Reach reach, Mesh mesh, int channels) {
        this.reach = reach;
        this.mesh = mesh;
        this.channels = channels;
        Projection projection = reach.projection();
        sourceWidth = projection.source().width();
        sourceChannels = projection.source().channels();
        kernelWidth = projection.kernelWidth();
        pooledChannels = projection.pooled().channels();
        sourceSeen = new int[projection.source().positions()];
        tapSeen = new int[projection.kernelHeight() * kernelWidth];
    }

    /** Takes the position in and finds nothing, or leaves it out and says which limit stands against it. */
    Optional<Limit> add(int position) {
        long moreSources = visitSources(position, false);
        long moreTaps = visitTaps(position, false);
        long moreSynapses = reach.fanIn(position);
        if ((positions + 1L) * channels > mesh.neuronsPerCore()) {
            return Optional.of(Limit.NEURONS);
        }
        if (mesh.bytes(stored(taps + moreTaps, synapses + moreSynapses) * channels) > mesh.synapseBytesPerCore()) {
            return Optional.of(Limit.SYNAPSES);
        }
        if (mesh.axonsPerCore().isPresent()
                && (sources + moreSources) * sourceChannels
                        > mesh.axonsPerCore().getAsInt()) {
            return Optional.of(Limit.AXONS);
        }
        visitSources(position, true);
        visitTaps(position, true);
        positions++;
        sources += moreSources;
        taps += moreTaps;
        synapses += moreSynapses;
        return Optional.empty();
    }

    /** Turns to an empty core. */
    void next() {
        core++;
        positions = 0;
        sources = 0;
        taps = 0;
        synapses = 0;
    }

    /** The source neurons that send to the core. */
    int axons() {
        return Math.toIntExact(sources * sourceChannels);
    }

    /** What the core stores for each of its channels: synapses, or weights where they are shared. */
    long stored() {
        return stored(taps, synapses);
    }

    private long stored(long usedTaps, long usedSynapses) {
        return mesh.convolution() == ConvolutionStorage.SHARED ? usedTaps * pooledChannels : usedSynapses;
    }

    /** The source positions that reach a position and no other of the core. */
    private long visitSources(int position, boolean take) {
        long unseen = 0;
        for (int row : reach.sourceRows(position)) {
            for (int column : reach.sourceColumns(position)) {
                int source = row * sourceWidth + column;
                unseen += sourceSeen[source] == core ? 0 : 1;
                if (take) {
                    sourceSeen[source] = core;
                }
            }
        }
        return unseen;
    }

    private long visitTaps(int position, boolean take) {
        int width = reach.projection().target().width();
        int y = position / width;
        int x = position % width;
        long unseen = 0;
        for (int row = reach.rows().tapsFrom(y); row < reach.rows().tapsTo(y); row++) {
            for (int column = reach.columns().tapsFrom(x);
                    column < reach.columns().tapsTo(x);
                    column++) {
                int tap = row * kernelWidth + column;
                unseen += tapSeen[tap] == core ? 0 : 1;
                if (take) {
                    tapSeen[tap] = core;
                }
            }
        }
        return unseen;
    }
}
