package dev.lamina.sim;

import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import java.util.Arrays;

/*
 * Where many sources are active it is cheaper to add all weights of a target, those of silent sources times zero, than to find
 * out which to leave out: no branch depends on the data. Adding zeros changes nothing, and the order is the contract's.
 *
 *     values [time step][source row with border][source column with border][channel]
 */
/** Adds the input of the layout of {@link GatherSynapses} without regard to which sources are active. */
final class DenseIntegration implements Integration {

    private final Shape source;
    private final Shape target;
    private final NeuronLayout layout;
    private final int stride;
    private final int padding;
    private final int width;
    private final int planeSize;
    /** The weight rows of a slice. */
    private final int rows;

    private final Divisor channels;
    private final Divisor columns;
    private final DenseWindow window = new DenseWindow();
    /** Whether the weights want whole numbers. */
    private final boolean whole;

    DenseIntegration(Projection projection, NeuronLayout layout, boolean whole) {
        this.whole = whole;
        this.layout = layout;
        source = projection.pooled();
        target = projection.target();
        stride = projection.stride();
        padding = projection.padding();
        width = source.width() + 2 * padding;
        planeSize = (source.height() + 2 * padding) * width * source.channels();
        window.rows = projection.kernelHeight();
        window.length = projection.kernelWidth() * source.channels();
        window.pitch = width * source.channels();
        rows = window.rows * window.length;
        channels = new Divisor(source.channels());
        columns = new Divisor(source.width());
    }

    @Override
    public void run(SpikeBatch events, Neurons neurons) {
        spread(events);
        for (int slice = 0; slice < layout.slices(); slice++) {
            window.weights = slice * rows * layout.blockLength();
            for (int y = 0; y < target.height(); y++) {
                for (int tick = 0; tick < events.ticks(); tick++) {
                    int block = (slice * target.height() + y) * target.width();
                    int at = tick * planeSize + y * stride * window.pitch;
                    for (int x = 0; x < target.width(); x++, block++) {
                        window.at = at + x * stride * source.channels();
                        neurons.step(block, tick, window);
                    }
                }
            }
        }
    }

    private void makeRoom(int values) {
        if (whole && window.shorts.length < values) {
            window.shorts = new short[values];
        } else if (whole) {
            Arrays.fill(window.shorts, 0, values, (short) 0);
        } else if (window.floats.length < values) {
            window.floats = new float[values];
        } else {
            Arrays.fill(window.floats, 0, values, 0);
        }
    }

    private void spread(SpikeBatch events) {
        int needed = Math.multiplyExact(events.ticks(), planeSize);
        makeRoom(needed);
        int[] indices = events.indices();
        boolean unit = events.unitPayloads();
        for (int tick = 0; tick < events.ticks(); tick++) {
            int first = tick * planeSize + (padding * width + padding) * source.channels();
            for (int n = events.from(tick); n < events.to(tick); n++) {
                int row = columns.quotient(channels.quotient(indices[n]));
                // A source row lies 2 · padding positions further on than the last.
                int place = first + indices[n] + row * 2 * padding * source.channels();
                float value = unit ? 1 : events.payloads()[n];
                if (whole) {
                    window.shorts[place] = (short) value;
                } else {
                    window.floats[place] = value;
                }
            }
        }
    }
}
