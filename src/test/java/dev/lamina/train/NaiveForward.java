package dev.lamina.train;

import dev.lamina.model.Weights;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Conv;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;

/**
 * One projection at a time of a network, in plain nested loops, on values that count channels first: short enough to be
 * checked by eye.
 */
final class NaiveForward {

    private NaiveForward() {}

    /** The weighted input that {@code values} of the source give to the target. */
    static float[] project(Network network, Weights weights, int projection, float[] values) {
        Projection p = network.projections().get(projection);
        float[] pooled = p.pool().map(pool -> pool(p.source(), pool, values)).orElse(values);
        float[] w = weights.tensor(projection);
        return p.layer() instanceof Conv conv
                ? convolve(p, conv, w, pooled)
                : multiply(p.target().size(), w, pooled);
    }

    /** The ordinary network's readout. */
    static float[] readout(Network network, Weights weights, float[] image) {
        float[] values = image;
        int last = network.projections().size() - 1;
        for (int i = 0; i <= last; i++) {
            values = project(network, weights, i, values);
            for (int j = 0; j < values.length && i < last; j++) {
                values[j] = Math.max(0, values[j]);
            }
        }
        return values;
    }

    private static float[] pool(Shape in, AveragePool pool, float[] values) {
        Shape out = pool.output(in);
        float[] result = new float[out.size()];
        for (int c = 0; c < out.channels(); c++) {
            for (int y = 0; y < out.height(); y++) {
                for (int x = 0; x < out.width(); x++) {
                    float sum = 0;
                    for (int dy = 0; dy < pool.kernel(); dy++) {
                        for (int dx = 0; dx < pool.kernel(); dx++) {
                            sum += values[at(in, c, y * pool.stride() + dy, x * pool.stride() + dx)];
                        }
                    }
                    result[at(out, c, y, x)] = sum / (pool.kernel() * pool.kernel());
                }
            }
        }
        return result;
    }

    private static float[] convolve(Projection p, Conv conv, float[] w, float[] values) {
        Shape in = p.pooled();
        Shape out = p.target();
        float[] result = new float[out.size()];
        for (int o = 0; o < out.channels(); o++) {
            for (int y = 0; y < out.height(); y++) {
                for (int x = 0; x < out.width(); x++) {
                    float sum = 0;
                    for (int c = 0; c < in.channels(); c++) {
                        for (int ky = 0; ky < conv.kernel(); ky++) {
                            for (int kx = 0; kx < conv.kernel(); kx++) {
                                int row = y * conv.stride() + ky - conv.padding();
                                int column = x * conv.stride() + kx - conv.padding();
                                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                                    sum += w[((o * in.channels() + c) * conv.kernel() + ky) * conv.kernel() + kx]
                                            * values[at(in, c, row, column)];
                                }
                            }
                        }
                    }
                    result[at(out, o, y, x)] = sum;
                }
            }
        }
        return result;
    }

    private static float[] multiply(int outputs, float[] w, float[] values) {
        float[] result = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < values.length; i++) {
                result[o] += w[o * values.length + i] * values[i];
            }
        }
        return result;
    }

    private static int at(Shape shape, int channel, int y, int x) {
        return (channel * shape.height() + y) * shape.width() + x;
    }
}
