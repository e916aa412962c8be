package dev.lamina.sim;

import dev.lamina.data.Encoding;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The contract of a time step in the plainest loops: every neuron, every synapse, every time step, nothing sparse,
 * nothing lazy, nothing reordered. Slow; meant to be checked by eye.
 */
public final class ReferenceSimulator {

    /** Everything that happened to a sample; spikes are [tick][neuron], and layer 0 of them is the input. */
    public record Run(List<float[][]> spikes, int[] predictions, float[] potentials, long[] synops) {}

    private ReferenceSimulator() {}

    public static Run run(SpikingModel model, float[] values, long seed, int sample, int timesteps) {
        List<float[][]> spikes = new ArrayList<>();
        spikes.add(encode(model, values, seed, sample, timesteps));
        int layers = model.network().projections().size();
        long[] synops = new long[layers];
        int[] predictions = new int[timesteps];
        float[] potentials = new float[0];
        for (int layer = 0; layer < layers; layer++) {
            Projection projection = model.network().projections().get(layer);
            float[] weights = model.weights().tensor(layer);
            Population population = model.populations().get(layer);
            float[][] in = spikes.get(layer);
            float[][] out = new float[timesteps][projection.target().size()];
            boolean readout = layer == layers - 1;
            float[] u = start(projection.target(), population.initialPotential());
            boolean[] fired = new boolean[u.length];
            for (int t = 0; t < timesteps; t++) {
                float[] pooled = pool(projection, in[t]);
                for (int i = 0; i < u.length; i++) {
                    float v = readout
                            ? 0
                            : population.thresholds()[i % projection.target().channels()];
                    float residual = readout ? u[i] : residual(model.neuron(), u[i], v, fired[i]);
                    u[i] = integrate(projection, weights, population.bias(), pooled, i, residual);
                    if (!readout) {
                        fired[i] = u[i] > v;
                        boolean late = model.neuron().propagation() == Propagation.NEXT_STEP;
                        int seenAt = late ? t + 1 : t;
                        if (fired[i] && seenAt < timesteps) {
                            out[seenAt][i] = 1;
                        }
                    }
                }
                if (readout) {
                    predictions[t] = argmax(u);
                }
                synops[layer] += synops(projection, in[t]);
            }
            spikes.add(out);
            potentials = u;
        }
        return new Run(spikes, predictions, potentials, synops);
    }

    static float[][] encode(SpikingModel model, float[] values, long seed, int sample, int timesteps) {
        Encoding encoding = model.encoder().encoding(values.length);
        encoding.begin(values, seed, sample);
        float[][] spikes = new float[timesteps][values.length];
        int[] indices = new int[values.length];
        float[] payloads = new float[values.length];
        for (int t = 0; t < timesteps; t++) {
            int events = encoding.encode(t, indices, payloads);
            for (int n = 0; n < events; n++) {
                spikes[t][indices[n]] = payloads[n];
            }
        }
        return spikes;
    }

    private static float[] start(Shape shape, float[] byChannel) {
        float[] u = new float[shape.size()];
        for (int i = 0; byChannel != null && i < u.length; i++) {
            u[i] = byChannel[i % shape.channels()];
        }
        return u;
    }

    private static float residual(NeuronModel neuron, float u, float v, boolean fired) {
        if (!fired) {
            return neuron.leak() * u;
        }
        return neuron.reset() == Reset.SOFT ? neuron.leak() * u - v : 0;
    }

    /** Adds the weighted input of target neuron {@code i} to its residual. */
    private static float integrate(Projection p, float[] weights, float[] bias, float[] pooled, int i, float residual) {
        int o = i % p.target().channels();
        int oy = i / p.target().channels() / p.target().width();
        int ox = i / p.target().channels() % p.target().width();
        float u = bias == null ? residual : residual + bias[o];
        for (int ky = 0; ky < p.kernelHeight(); ky++) {
            for (int kx = 0; kx < p.kernelWidth(); kx++) {
                for (int c = 0; c < p.pooled().channels(); c++) {
                    int y = oy * p.stride() + ky - p.padding();
                    int x = ox * p.stride() + kx - p.padding();
                    if (y >= 0
                            && y < p.pooled().height()
                            && x >= 0
                            && x < p.pooled().width()) {
                        int oihw = ((o * p.pooled().channels() + c) * p.kernelHeight() + ky) * p.kernelWidth() + kx;
                        u += weights[oihw] * p.scale() * pooled[p.pooled().index(c, y, x)];
                    }
                }
            }
        }
        return u;
    }

    static float[] pool(Projection p, float[] spikes) {
        if (p.pool().isEmpty()) {
            return spikes;
        }
        int kernel = p.pool().get().kernel();
        int stride = p.pool().get().stride();
        float[] pooled = new float[p.pooled().size()];
        for (int y = 0; y < p.pooled().height(); y++) {
            for (int x = 0; x < p.pooled().width(); x++) {
                for (int c = 0; c < p.pooled().channels(); c++) {
                    for (int i = 0; i < kernel; i++) {
                        for (int j = 0; j < kernel; j++) {
                            pooled[p.pooled().index(c, y, x)] +=
                                    spikes[p.source().index(c, y * stride + i, x * stride + j)];
                        }
                    }
                }
            }
        }
        return pooled;
    }

    static long synops(Projection p, float[] spikes) {
        long synops = 0;
        for (int i = 0; i < spikes.length; i++) {
            synops += spikes[i] == 0 ? 0 : targets(p, i);
        }
        return synops;
    }

    /** Targets of a source neuron, by trying every target: does its receptive field, pool and all, hold the source? */
    private static int targets(Projection p, int source) {
        int position = source / p.source().channels();
        int sy = position / p.source().width();
        int sx = position % p.source().width();
        int targets = 0;
        for (int oy = 0; oy < p.target().height(); oy++) {
            for (int ox = 0; ox < p.target().width(); ox++) {
                if (sees(p, oy, sy, p.kernelHeight(), p.pooled().height())
                        && sees(p, ox, sx, p.kernelWidth(), p.pooled().width())) {
                    targets += p.target().channels();
                }
            }
        }
        return targets;
    }

    private static boolean sees(Projection p, int target, int source, int kernelSize, int pooledSize) {
        int window = p.pool().isPresent() ? p.pool().get().kernel() : 1;
        int step = p.pool().isPresent() ? p.pool().get().stride() : 1;
        for (int k = 0; k < kernelSize; k++) {
            int pooled = target * p.stride() + k - p.padding();
            if (pooled >= 0 && pooled < pooledSize && source >= pooled * step && source < pooled * step + window) {
                return true;
            }
        }
        return false;
    }

    static int argmax(float[] u) {
        int best = 0;
        for (int i = 1; i < u.length; i++) {
            best = u[i] > u[best] ? i : best;
        }
        return best;
    }
}
