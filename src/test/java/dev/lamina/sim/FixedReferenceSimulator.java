package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.util.ArrayList;
import java.util.List;

/** The contract of a time step in fixed point, in the plainest loops over whole numbers, as {@link ReferenceSimulator} has it. */
public final class FixedReferenceSimulator {

    private FixedReferenceSimulator() {}

    public static ReferenceSimulator.Run run(SpikingModel model, float[] values, long seed, int sample, int timesteps) {
        List<float[][]> spikes = new ArrayList<>();
        spikes.add(ReferenceSimulator.encode(model, values, seed, sample, timesteps));
        int layers = model.network().projections().size();
        long[] synops = new long[layers];
        int[] predictions = new int[timesteps];
        float[] potentials = new float[0];
        int factor = Math.round(model.neuron().leak() * 32768);
        for (int layer = 0; layer < layers; layer++) {
            Projection p = model.network().projections().get(layer);
            Population population = model.populations().get(layer);
            FixedPoint numbers = FixedPoint.of(p, model.weights().tensor(layer), population);
            int[] weights = new int[p.weights()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = numbers.weight(model.weights().tensor(layer)[i] * p.scale());
            }
            boolean readout = layer == layers - 1;
            float[][] in = spikes.get(layer);
            float[][] out = new float[timesteps][p.target().size()];
            int channels = p.target().channels();
            int[] u = new int[p.target().size()];
            boolean[] fired = new boolean[u.length];
            for (int i = 0; i < u.length && population.initialPotential() != null; i++) {
                u[i] = numbers.potential(population.initialPotential()[i % channels]);
            }
            for (int t = 0; t < timesteps; t++) {
                float[] pooled = ReferenceSimulator.pool(p, in[t]);
                for (int i = 0; i < u.length; i++) {
                    int bias = population.bias() == null
                            ? 0
                            : numbers.potential(population.bias()[i % channels]);
                    long input = bias + input(p, weights, pooled, i);
                    if (readout) {
                        u[i] = (int) (u[i] + input);
                        continue;
                    }
                    int v = numbers.threshold(population.thresholds()[i % channels]);
                    int residual = (int) ((long) u[i] * factor / 32768);
                    if (fired[i]) {
                        residual = model.neuron().reset() == Reset.SOFT ? residual - v : 0;
                    }
                    u[i] = (int) Math.max(-16383, Math.min(16383, residual + input));
                    fired[i] = u[i] > v;
                    int seenAt = model.neuron().propagation() == Propagation.NEXT_STEP ? t + 1 : t;
                    if (fired[i] && seenAt < timesteps) {
                        out[seenAt][i] = 1;
                    }
                }
                if (readout) {
                    predictions[t] = argmax(u);
                }
                synops[layer] += ReferenceSimulator.synops(p, in[t]);
            }
            spikes.add(out);
            potentials = new float[u.length];
            for (int i = 0; i < u.length; i++) {
                potentials[i] = (float) ((double) u[i] * numbers.step());
            }
        }
        return new ReferenceSimulator.Run(spikes, predictions, potentials, synops);
    }

    private static long input(Projection p, int[] weights, float[] pooled, int i) {
        int o = i % p.target().channels();
        int oy = i / p.target().channels() / p.target().width();
        int ox = i / p.target().channels() % p.target().width();
        long sum = 0;
        for (int c = 0; c < p.pooled().channels(); c++) {
            for (int ky = 0; ky < p.kernelHeight(); ky++) {
                for (int kx = 0; kx < p.kernelWidth(); kx++) {
                    int y = oy * p.stride() + ky - p.padding();
                    int x = ox * p.stride() + kx - p.padding();
                    if (y >= 0
                            && y < p.pooled().height()
                            && x >= 0
                            && x < p.pooled().width()) {
                        int oihw = ((o * p.pooled().channels() + c) * p.kernelHeight() + ky) * p.kernelWidth() + kx;
                        sum += weights[oihw] * (long) pooled[p.pooled().index(c, y, x)];
                    }
                }
            }
        }
        return sum;
    }

    private static int argmax(int[] u) {
        int best = 0;
        for (int i = 1; i < u.length; i++) {
            best = u[i] > u[best] ? i : best;
        }
        return best;
    }
}
