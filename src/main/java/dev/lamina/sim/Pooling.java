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

    /** By source position: the index of channel 0 behind the only window that holds it; −1 if there is none. */
    private final int[] behind;

    private final boolean overlapping;
    private final Divisor channels;
    private final Divisor width;
    private final float[] sums;
    private final long[] active;
    private final SpikeBatch out = new SpikeBatch();

    Pooling(Projection projection, AveragePool pool) {
        source = projection.source();
        pooled = projection.pooled();
        firstRow = first(source.height(), pool);
        lastRow = last(source.height(), pooled.height(), pool);
        firstColumn = first(source.width(), pool);
        lastColumn = last(source.width(), pooled.width(), pool);
        overlapping = pool.kernel() > pool.stride();
        behind = new int[source.positions()];
        for (int position = 0; position < behind.length; position++) {
            int y = position / source.width();
            int x = position % source.width();
            boolean held = firstRow[y] <= lastRow[y] && firstColumn[x] <= lastColumn[x];
            behind[position] = held ? pooled.index(0, firstRow[y], firstColumn[x]) : -1;
        }
        channels = new Divisor(source.channels());
        width = new Divisor(source.width());
        sums = new float[pooled.size()];
        active = new long[(pooled.size() + 63) >>> 6];
    }

    /** Pools a batch; what is returned is filled again by the next call. */
    SpikeBatch pool(SpikeBatch batch) {
        out.clear();
        for (int tick = 0; tick < batch.ticks(); tick++) {
            out.reserveGraded(add(batch, tick));
            collect();
            out.endTick();
        }
        return out;
    }

    /** Adds up the spikes of a time step; returns how many sums are not empty. */
    private int add(SpikeBatch batch, int tick) {
        int[] spikes = batch.indices();
        boolean unit = batch.unitPayloads();
        float[] graded = batch.payloads();
        int events = 0;
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            int position = channels.quotient(spikes[n]);
            int channel = spikes[n] - position * source.channels();
            float payload = unit ? 1f : graded[n];
            if (overlapping) {
                events += addToAll(position, channel, payload);
            } else if (behind[position] >= 0) {
                events += add(behind[position] + channel, payload);
            }
        }
        return events;
    }

    private int addToAll(int position, int channel, float payload) {
        int y = width.quotient(position);
        int x = position - y * source.width();
        int events = 0;
        for (int row = firstRow[y]; row <= lastRow[y]; row++) {
            for (int column = firstColumn[x]; column <= lastColumn[x]; column++) {
                events += add(pooled.index(channel, row, column), payload);
            }
        }
        return events;
    }

    /** Adds to a sum; 1 if it is the first. */
    private int add(int index, float payload) {
        long bit = 1L << index;
        int first = (active[index >>> 6] & bit) == 0 ? 1 : 0;
        active[index >>> 6] |= bit;
        sums[index] += payload;
        return first;
    }

    private void collect() {
        int[] indices = out.indices();
        float[] payloads = out.payloads();
        int count = out.count();
        for (int word = 0; word < active.length; word++) {
            for (long bits = active[word]; bits != 0; bits &= bits - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(bits);
                indices[count] = index;
                payloads[count++] = sums[index];
                sums[index] = 0;
            }
            active[word] = 0;
        }
        out.advanceGraded(count);
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
