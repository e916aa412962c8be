package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoding;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.network.Shape;
import org.jspecify.annotations.Nullable;

/** A spiking network of one sample in plain nested loops, straight from the equations: the witness of the dense run. */
final class NaiveSimulation {

    final int[] predictions;
    final float[] potentials;
    final long[] spikes;
    long inputEvents;

    NaiveSimulation(SpikingModel model, Dataset dataset, int sample, long seed, int timesteps) {
        Network network = model.network();
        int layers = network.projections().size();
        int classes = network.output().size();
        Shape image = network.input();
        predictions = new int[timesteps];
        potentials = new float[timesteps * classes];
        spikes = new long[layers - 1];
        float[][] u = new float[layers][];
        float[][] fired = new float[layers][];
        for (int l = 0; l < layers; l++) {
            Shape target = network.projections().get(l).target();
            u[l] = new float[target.size()];
            fired[l] = new float[target.size()];
            for (int i = 0; i < u[l].length; i++) {
                u[l][i] = of(model.populations().get(l).initialPotential(), i / target.positions());
            }
        }
        Encoding encoding = model.encoder().encoding(image.size());
        encoding.begin(model.preprocessing().apply(dataset, sample), seed, sample);
        int[] indices = new int[image.size()];
        float[] payloads = new float[image.size()];
        for (int t = 0; t < timesteps; t++) {
            float[] input = new float[image.size()];
            int count = encoding.encode(t, indices, payloads);
            inputEvents += count;
            for (int i = 0; i < count; i++) {
                int position = indices[i] / image.channels();
                input[indices[i] % image.channels() * image.positions() + position] = payloads[i];
            }
            for (int l = 0; l < layers; l++) {
                float[] current = NaiveForward.project(network, model.weights(), l, input);
                input = step(model, l, u[l], fired[l], current);
                for (int i = 0; i < input.length && l < layers - 1; i++) {
                    spikes[l] += (long) input[i];
                }
            }
            System.arraycopy(input, 0, potentials, t * classes, classes);
            predictions[t] = Prediction.of(input, 0, classes);
        }
    }

    /** One time step of one population; what it hands on. */
    private static float[] step(SpikingModel model, int layer, float[] u, float[] o, float[] current) {
        Population population = model.populations().get(layer);
        NeuronModel neuron = model.neuron();
        int positions = model.network().projections().get(layer).target().positions();
        boolean readout = population.thresholds() == null;
        float[] before = o.clone();
        for (int i = 0; i < u.length; i++) {
            float bias = of(population.bias(), i / positions);
            if (readout) {
                u[i] = u[i] + current[i] + bias;
                continue;
            }
            float v = of(population.thresholds(), i / positions);
            float kept = neuron.leak() * u[i] - v * o[i];
            if (neuron.reset() == Reset.HARD) {
                kept = o[i] == 1 ? 0 : neuron.leak() * u[i];
            }
            u[i] = kept + current[i] + bias;
            o[i] = u[i] > v ? 1 : 0;
        }
        if (readout) {
            return u.clone();
        }
        return neuron.propagation() == Propagation.SAME_STEP ? o.clone() : before;
    }

    private static float of(float @Nullable [] values, int channel) {
        return values == null ? 0 : values[channel];
    }
}
