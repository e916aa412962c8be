package dev.lamina.train;

import dev.lamina.io.InputException;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.NeuronModel;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;

/*
 * Thresholds of one network differ a hundredfold, and Adam's steps do not know that: as logarithms all move by the same
 * part of themselves, and none reaches 0.
 */
/**
 * What is learned of the neurons as one vector: for each spiking layer ln(threshold / threshold at the start), and
 * behind them the leak; empty where neither is learned.
 */
final class NeuronParameters {

    private NeuronParameters() {}

    /**
     * The parameters of a model that training starts from, as far as a recipe learns them.
     *
     * @throws InputException if thresholds are learned and a layer has more than one
     */
    static float[] of(SpikingModel model, FineTuningRecipe recipe) {
        if (!recipe.learnsThresholds() && !recipe.learnsLeak()) {
            return new float[0];
        }
        int layers = model.populations().size() - 1;
        float[] values = new float[layers + 1];
        for (int i = 0; i < layers && recipe.learnsThresholds(); i++) {
            check(model, i);
        }
        values[layers] = model.neuron().leak();
        return values;
    }

    private static void check(SpikingModel model, int layer) {
        float[] thresholds = Objects.requireNonNull(
                model.populations().get(layer).thresholds(), "a spiking population has thresholds");
        for (float threshold : thresholds) {
            if (threshold != thresholds[0]) {
                throw InputException.configuration(
                        "thresholds can be learned only where a layer has one for all its channels",
                        "layer '" + model.network().projections().get(layer).name() + "'",
                        "balance the thresholds anew, or leave learn-thresholds out");
            }
        }
    }

    /**
     * Puts the leak back into [0, 1]. Were it left outside, it would have all the way back to go before a gradient that has turned
     * showed.
     */
    static void confine(Tensor parameters) {
        long last = parameters.numel() - 1;
        if (last >= 0) {
            FloatPointer memory = parameters.data_ptr_float();
            memory.put(last, Math.max(0, Math.min(1, memory.get(last))));
        }
    }

    /**
     * The model that training starts from with the parameters put in.
     *
     * @throws IllegalArgumentException if a threshold has left the positive floats
     */
    static SpikingModel into(SpikingModel model, Tensor parameters) {
        int size = (int) parameters.numel();
        if (size == 0) {
            return model;
        }
        float[] values = new float[size];
        parameters.data_ptr_float().get(values);
        MutableList<Population> populations = Lists.mutable.empty();
        for (int i = 0; i < size - 1; i++) {
            Population old = model.populations().get(i);
            float[] thresholds = Objects.requireNonNull(old.thresholds()).clone();
            for (int channel = 0; channel < thresholds.length; channel++) {
                thresholds[channel] = (float) (thresholds[channel] * Math.exp(values[i]));
            }
            populations.add(new Population(thresholds, old.bias(), old.initialPotential()));
        }
        populations.add(model.populations().getLast());
        return model.withPopulations(populations.toImmutable())
                .withNeuron(new NeuronModel(
                        values[size - 1], model.neuron().reset(), model.neuron().propagation()));
    }

    /**
     * The gradient in the same order; 0 for what the recipe does not learn.
     *
     * @param model with the parameters that {@code gradients} were taken at
     */
    static float[] gradient(Gradients gradients, SpikingModel model, FineTuningRecipe recipe) {
        int layers = gradients.thresholds.length;
        float[] values = new float[layers + 1];
        for (int i = 0; i < layers; i++) {
            // dv/d ln v = v
            float threshold = Objects.requireNonNull(model.populations().get(i).thresholds())[0];
            values[i] = recipe.learnsThresholds() ? (float) (gradients.thresholds[i] * threshold) : 0;
        }
        values[layers] = recipe.learnsLeak() ? (float) gradients.leak : 0;
        return values;
    }
}
