package dev.lamina.sim;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;

/**
 * The average pool of a projection: merges the events of a window into one, whose payload is the plain sum of theirs.
 * The factor 1/k² is in the weights. For one thread.
 */
final class Pooling {

    private final Shape source;
    private final Shape pooled;
    /** By source row (column): the first and last pooled row (column) whose window holds it. */
    private final int[] firstRow;

    private final int[] lastRow;
    private final int[] firstColumn;
    private final int[] lastColumn;

    private final Divisor channels;
    private final Divisor width;
    private final float[] sums;
    private final long[] active;
    private int[] indices = new int[64];
    private float[] payloads = new float[64];

    Pooling(Projection projection, AveragePool pool) {
        source = projection.source();
        pooled = projection.pooled();
        firstRow = first(source.height(), pool);
        lastRow = last(source.height(), pooled.height(), pool);
        firstColumn = first(source.width(), pool);
        lastColumn = last(source.width(), pooled.width(), pool);
        channels = new Divisor(source.channels());
        width = new Divisor(source.width());
        sums = new float[pooled.size()];
        active = new long[(pooled.size() + 63) >>> 6];
    }

    /** Pools a time step of a batch. */
    void pool(SpikeBatch batch, int tick, Events out) {
        int[] spikes = batch.indices();
        boolean unit = batch.unitPayloads();
        float[] graded = batch.payloads();
        int events = 0;
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            int position = channels.quotient(spikes[n]);
            int channel = spikes[n] - position * source.channels();
            int y = width.quotient(position);
            int x = position - y * source.width();
            float payload = unit ? 1f : graded[n];
            for (int row = firstRow[y]; row <= lastRow[y]; row++) {
                for (int column = firstColumn[x]; column <= lastColumn[x]; column++) {
                    int index = pooled.index(channel, row, column);
                    long bit = 1L << index;
                    events += (active[index >>> 6] & bit) == 0 ? 1 : 0;
                    active[index >>> 6] |= bit;
                    sums[index] += payload;
                }
            }
        }
        if (events > indices.length) {
            indices = new int[Math.max(events, 2 * indices.length)];
            payloads = new float[indices.length];
        }
        collect();
        out.indices = indices;
        out.payloads = payloads;
        out.unitPayloads = false;
        out.from = 0;
        out.to = events;
    }

    private void collect() {
        int count = 0;
        for (int word = 0; word < active.length; word++) {
            for (long bits = active[word]; bits != 0; bits &= bits - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(bits);
                indices[count] = index;
                payloads[count++] = sums[index];
                sums[index] = 0;
            }
            active[word] = 0;
        }
    }

    private static int[] first(int inputs, AveragePool pool) {
        int[] first = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            first[i] = Math.max(0, Math.floorDiv(i - pool.kernel(), pool.stride()) + 1);
        }
        return first;
    }

    private static int[] last(int inputs, int outputs, AveragePool pool) {
        int[] last = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            last[i] = Math.min(outputs - 1, i / pool.stride());
        }
        return last;
    }
}
