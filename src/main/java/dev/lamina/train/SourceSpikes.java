package dev.lamina.train;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The spikes of some samples that reached a projection, listed by where they entered it: for each position and channel
 * behind the average pool, the rows, sample · T + time step, at which a spike of its window came. Reusable; for one thread
 * at a time, but it spreads its work over all cores.
 */
final class SourceSpikes {

    private final Projection projection;
    private final int timesteps;
    private final int window;
    private final int step;
    private final int[] starts;
    private int[] rows = new int[0];

    SourceSpikes(Projection projection, int timesteps) {
        this.projection = projection;
        this.timesteps = timesteps;
        window = projection.pool().map(AveragePool::kernel).orElse(1);
        step = projection.pool().map(AveragePool::stride).orElse(1);
        starts = new int[projection.pooled().size() + 1];
    }

    /**
     * Counts the spikes anew.
     *
     * @param source the spiking layer that the projection starts from, which is also the projection's number less one
     * @return the number of all rows; a spike counts once for each window it lies in
     */
    int count(List<SampleRecord> records, int source) {
        int channels = projection.pooled().channels();
        IntStream.range(0, projection.pooled().positions()).parallel().forEach(position -> {
            for (int entry = position * channels; entry < (position + 1) * channels; entry++) {
                starts[entry + 1] = visit(records, source, entry, -1);
            }
        });
        for (int entry = 1; entry < starts.length; entry++) {
            starts[entry] += starts[entry - 1];
        }
        return starts[starts.length - 1];
    }

    /** Lists the spikes, which were {@linkplain #count counted} before. */
    void list(List<SampleRecord> records, int source) {
        int channels = projection.pooled().channels();
        int count = starts[starts.length - 1];
        if (count > rows.length) {
            rows = new int[count + count / 8];
        }
        IntStream.range(0, projection.pooled().positions()).parallel().forEach(position -> {
            for (int entry = position * channels; entry < (position + 1) * channels; entry++) {
                visit(records, source, entry, starts[entry]);
            }
        });
    }

    /** Counts the spikes of an entry, and writes their rows from {@code to} on unless it is negative. */
    private int visit(List<SampleRecord> records, int source, int entry, int to) {
        Shape shape = projection.source();
        Shape pooled = projection.pooled();
        int channel = entry % pooled.channels();
        int position = entry / pooled.channels();
        int top = position / pooled.width() * step;
        int left = position % pooled.width() * step;
        int count = 0;
        for (int sample = 0; sample < records.size(); sample++) {
            SpikeRecord spikes = records.get(sample).spikes(source);
            long[] mask = records.get(sample).mask(source + 1);
            int first = sample * timesteps;
            for (int y = top; y < top + window; y++) {
                for (int x = left; x < left + window; x++) {
                    int neuron = shape.index(channel, y, x);
                    if (mask.length > 0 && (mask[neuron >>> 6] >>> neuron & 1) == 0) {
                        continue;
                    }
                    if (to < 0) {
                        count += spikes.count(neuron);
                    } else {
                        count += spikes.list(neuron, first, rows, to + count);
                    }
                }
            }
        }
        return count;
    }

    /** Where the rows of an entry, counted like a neuron behind the pool, begin in {@link #rows()}. */
    int from(int entry) {
        return starts[entry];
    }

    /** Where the rows of an entry end. */
    int to(int entry) {
        return starts[entry + 1];
    }

    /** The rows of all entries, one after the other; a view that the next listing changes. */
    int[] rows() {
        return rows;
    }
}
