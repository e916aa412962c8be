package dev.lamina.activity;

import dev.lamina.network.Axis;
import dev.lamina.network.Projection;
import dev.lamina.sim.SpikeBatch;

/*
 * Everything is marked with the number of the time step that marked it last, so nothing is ever cleared. Spikes come in ascending
 * order, so those of one position are neighbours and are taken together.
 */
/** Counts what the spikes of a time step do in the synapses of a projection. For one thread. */
final class ProjectionCounter {

    private final Projection projection;
    private final int channels;
    private final int width;
    private final int[] fanOut;
    private final Axis rows;
    private final Axis columns;
    private final EffectiveOperations effective;
    private final int[] touchedWindows;
    private final int[] touchedTargets;
    private int step;

    /** Counts for a projection with its weights, channel-first. */
    ProjectionCounter(Projection projection, float[] weights) {
        this.projection = projection;
        channels = projection.source().channels();
        width = projection.source().width();
        fanOut = projection.fanOut();
        rows = projection.rows();
        columns = projection.columns();
        effective = new EffectiveOperations(projection, weights, rows, columns);
        touchedWindows = new int[projection.pooled().positions()];
        touchedTargets = new int[projection.target().positions()];
    }

    /** Counts a time step into {@code counts}. */
    void count(SpikeBatch spikes, int tick, StepCounts counts) {
        step++;
        int[] indices = spikes.indices();
        int to = spikes.to(tick);
        long synops = 0;
        int touched = 0;
        effective.begin();
        for (int n = spikes.from(tick); n < to; ) {
            int position = indices[n] / channels;
            int y = position / width;
            int x = position - y * width;
            int first = n;
            int end = (position + 1) * channels;
            while (n < to && indices[n] < end) {
                n++;
            }
            synops += (long) (n - first) * fanOut[position];
            touched += touch(y, x);
            effective.add(y, x, position * channels, spikes, first, n);
        }
        effective.end();
        counts.events[tick] = (long) to - spikes.from(tick);
        counts.synops[tick] = synops;
        counts.touched[tick] = (long) touched * projection.target().channels();
    }

    EffectiveOperations effective() {
        return effective;
    }

    /** Marks the target positions that a source position reaches; returns how many were not marked in this step. */
    private int touch(int y, int x) {
        int touched = 0;
        for (int wy = rows.windowsFrom(y); wy < rows.windowsTo(y); wy++) {
            for (int wx = columns.windowsFrom(x); wx < columns.windowsTo(x); wx++) {
                int window = wy * projection.pooled().width() + wx;
                if (touchedWindows[window] != step) {
                    touchedWindows[window] = step;
                    touched += touchTargets(wy, wx);
                }
            }
        }
        return touched;
    }

    private int touchTargets(int wy, int wx) {
        int touched = 0;
        for (int ty = rows.targetsFrom(wy); ty < rows.targetsTo(wy); ty++) {
            for (int tx = columns.targetsFrom(wx); tx < columns.targetsTo(wx); tx++) {
                int target = ty * projection.target().width() + tx;
                if (touchedTargets[target] != step) {
                    touchedTargets[target] = step;
                    touched++;
                }
            }
        }
        return touched;
    }
}
