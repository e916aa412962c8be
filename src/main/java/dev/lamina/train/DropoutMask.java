package dev.lamina.train;

import dev.lamina.data.Philox;
import dev.lamina.io.InputException;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Dropout;
import dev.lamina.network.Layer;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import dev.lamina.network.WeightLayer;
import dev.lamina.sim.SpikeBatch;
import java.util.Arrays;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/**
 * Dropout on the way of spikes through one projection: one mask for a sample and a training step, the same for all T time
 * steps. The spikes of a source neuron are let through or not; those that are count {@link #factor} times.
 *
 * <p>Immutable and thread-safe.
 */
final class DropoutMask {

    private final Projection projection;
    /** The number of the projection in its network, which the random numbers depend on. */
    private final int number;

    private final ImmutableList<Dropout> beforePool;
    private final ImmutableList<Dropout> behindPool;

    private DropoutMask(
            Projection projection, int number, MutableList<Dropout> beforePool, MutableList<Dropout> behindPool) {
        this.projection = projection;
        this.number = number;
        this.beforePool = beforePool.toImmutable();
        this.behindPool = behindPool.toImmutable();
        if (behindPool.notEmpty()
                && projection
                        .pool()
                        .filter(pool -> pool.kernel() > pool.stride())
                        .isPresent()) {
            throw InputException.configuration(
                    "dropout behind a pool whose windows overlap can not be trained with spikes",
                    "layer '" + behindPool.getFirst().name() + "'",
                    "move it before the pool, or give the pool a stride of its kernel's size");
        }
    }

    /** The dropout on the way through each projection of a network. */
    static ImmutableList<DropoutMask> of(Network network) {
        MutableList<DropoutMask> masks = Lists.mutable.empty();
        MutableList<Dropout> before = Lists.mutable.empty();
        MutableList<Dropout> behind = Lists.mutable.empty();
        boolean pooled = false;
        for (Layer layer : network.layers()) {
            if (layer instanceof WeightLayer) {
                masks.add(new DropoutMask(network.projections().get(masks.size()), masks.size(), before, behind));
                before = Lists.mutable.empty();
                behind = Lists.mutable.empty();
                pooled = false;
            } else if (layer instanceof AveragePool) {
                pooled = true;
            } else if (layer instanceof Dropout dropout && dropout.probability() > 0) {
                (pooled ? behind : before).add(dropout);
            }
        }
        return masks.toImmutable();
    }

    /** Whether every spike passes. */
    boolean passesAll() {
        return beforePool.isEmpty() && behindPool.isEmpty();
    }

    /** What a spike that is let through counts: 1/(1 − p), so that the expected input stays what it was. */
    float factor() {
        double kept = 1;
        for (Dropout stage : beforePool.newWithAll(behindPool)) {
            kept *= 1 - stage.probability();
        }
        return (float) (1 / kept);
    }

    /**
     * Draws a mask.
     *
     * @param seed of the training step
     * @param slot of the sample in its batch
     * @return one bit a source neuron, 1 where its spikes are let through
     */
    long[] draw(long seed, int slot) {
        Shape source = projection.source();
        long[] mask = ones(source.size());
        for (int i = 0; i < beforePool.size(); i++) {
            and(mask, draw(seed, slot, i, source.size(), beforePool.get(i)));
        }
        for (int i = 0; i < behindPool.size(); i++) {
            Shape pooled = projection.pooled();
            long[] drawn = draw(seed, slot, beforePool.size() + i, pooled.size(), behindPool.get(i));
            int step = projection.pool().map(AveragePool::stride).orElse(1);
            for (int neuron = 0; neuron < source.size(); neuron++) {
                int position = neuron / source.channels();
                int y = position / source.width() / step;
                int x = position % source.width() / step;
                if (y < pooled.height() && x < pooled.width()) {
                    int behind = pooled.index(neuron % source.channels(), y, x);
                    if ((drawn[behind >>> 6] >>> behind & 1) == 0) {
                        mask[neuron >>> 6] &= ~(1L << neuron);
                    }
                }
            }
        }
        return mask;
    }

    /** Copies the spikes that a mask lets through. */
    void apply(long[] mask, SpikeBatch from, SpikeBatch to) {
        float factor = factor();
        to.clear();
        int[] indices = from.indices();
        for (int tick = 0; tick < from.ticks(); tick++) {
            for (int n = from.from(tick); n < from.to(tick); n++) {
                if ((mask[indices[n] >>> 6] >>> indices[n] & 1) != 0) {
                    to.add(indices[n], from.unitPayloads() ? factor : factor * from.payloads()[n]);
                }
            }
            to.endTick();
        }
    }

    private long[] draw(long seed, int slot, int stage, int size, Dropout dropout) {
        long[] mask = new long[(size + 63) >>> 6];
        long kept = Math.round((1 - dropout.probability()) * (1L << 32));
        int[] words = new int[4];
        for (int i = 0; i < size; i++) {
            if ((i & 3) == 0) {
                Philox.block(seed, i >>> 2, number, stage, slot, words, 0);
            }
            if ((words[i & 3] & 0xffffffffL) < kept) {
                mask[i >>> 6] |= 1L << i;
            }
        }
        return mask;
    }

    private static long[] ones(int size) {
        long[] mask = new long[(size + 63) >>> 6];
        Arrays.fill(mask, -1L);
        return mask;
    }

    private static void and(long[] mask, long[] other) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] &= other[i];
        }
    }
}
