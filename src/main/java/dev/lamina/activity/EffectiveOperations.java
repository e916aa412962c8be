package dev.lamina.activity;

import dev.lamina.network.Axis;
import dev.lamina.network.Projection;
import dev.lamina.sim.SpikeBatch;

/*
 * NeuroBench runs each layer with weights and input binarised, so it counts, for each input behind the pool that is not zero, the
 * weights that are not zero and meet a target. A layer's call counts as accumulates if every input is -1, 0 or 1, else
 * as multiply-accumulates, all of it.
 */
/** NeuroBench's synaptic operations of one projection. For one thread. */
final class EffectiveOperations {

    private final int channels;
    private final int pooledWidth;
    private final float scale;
    private final Axis rows;
    private final Axis columns;
    /** By input behind the pool: the weights other than zero that meet a target. */
    private final int[] fan;

    private final float[] sums;
    private final int[] active;
    private final boolean[] isActive;
    private int count;
    private final long dense;
    private long accumulates;
    private long multiplyAccumulates;
    private long calls;

    EffectiveOperations(Projection projection, float[] weights, Axis rows, Axis columns) {
        channels = projection.pooled().channels();
        pooledWidth = projection.pooled().width();
        scale = projection.scale();
        this.rows = rows;
        this.columns = columns;
        int size = projection.pooled().size();
        fan = new int[size];
        sums = new float[size];
        active = new int[size];
        isActive = new boolean[size];
        int[] taps = nonzeroByTap(projection, weights);
        long all = 0;
        for (int wy = 0; wy < projection.pooled().height(); wy++) {
            for (int wx = 0; wx < pooledWidth; wx++) {
                for (int ty = rows.targetsFrom(wy); ty < rows.targetsTo(wy); ty++) {
                    for (int tx = columns.targetsFrom(wx); tx < columns.targetsTo(wx); tx++) {
                        all += (long) channels * projection.target().channels();
                        int tap = rows.tap(wy, ty) * projection.kernelWidth() + columns.tap(wx, tx);
                        for (int c = 0; c < channels; c++) {
                            fan[(wy * pooledWidth + wx) * channels + c] += taps[tap * channels + c];
                        }
                    }
                }
            }
        }
        dense = all;
    }

    /** By kernel tap and source channel: the weights other than zero, over the target channels. */
    private static int[] nonzeroByTap(Projection projection, float[] weights) {
        int channels = projection.pooled().channels();
        int kernel = projection.kernelHeight() * projection.kernelWidth();
        int[] nonzero = new int[kernel * channels];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                nonzero[i % kernel * channels + i / kernel % channels]++;
            }
        }
        return nonzero;
    }

    void begin() {
        count = 0;
    }

    /** Adds the events from {@code first} to {@code to}, all of one source position, to the windows that it is in. */
    void add(int y, int x, int firstIndex, SpikeBatch spikes, int first, int to) {
        int[] indices = spikes.indices();
        boolean unit = spikes.unitPayloads();
        for (int wy = rows.windowsFrom(y); wy < rows.windowsTo(y); wy++) {
            for (int wx = columns.windowsFrom(x); wx < columns.windowsTo(x); wx++) {
                int base = (wy * pooledWidth + wx) * channels - firstIndex;
                for (int n = first; n < to; n++) {
                    int input = base + indices[n];
                    if (!isActive[input]) {
                        isActive[input] = true;
                        sums[input] = 0;
                        active[count++] = input;
                    }
                    sums[input] += unit ? 1 : spikes.payloads()[n];
                }
            }
        }
    }

    /** Ends a call of the layer. */
    void end() {
        long operations = 0;
        boolean spikes = true;
        for (int i = 0; i < count; i++) {
            float value = sums[active[i]] * scale;
            isActive[active[i]] = false;
            if (value != 0) {
                operations += fan[active[i]];
                spikes &= Math.abs(value) == 1;
            }
        }
        accumulates += spikes ? operations : 0;
        multiplyAccumulates += spikes ? 0 : operations;
        calls++;
    }

    long accumulates() {
        return accumulates;
    }

    long multiplyAccumulates() {
        return multiplyAccumulates;
    }

    long dense() {
        return dense * calls;
    }

    /** The weights that are zero. */
    static long zeros(float[] weights) {
        long zeros = 0;
        for (float weight : weights) {
            zeros += weight == 0 ? 1 : 0;
        }
        return zeros;
    }
}
