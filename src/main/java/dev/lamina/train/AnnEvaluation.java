package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.network.Network;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** What an ordinary network makes of samples, in float32, with dropout off. Thread-safe. */
@SuppressWarnings("try") // A scope or guard acts by being open.
public final class AnnEvaluation {

    private AnnEvaluation() {}

    /**
     * The part of the samples that {@code model} classifies rightly, within [0, 1].
     *
     * @param batch samples at a time, at least 1
     * @throws InputException if the images do not fit the network or there are none
     */
    public static double accuracy(AnnModel model, Dataset dataset, int batch) {
        if (dataset.size() == 0) {
            throw InputException.configuration("no samples", dataset.name(), "give a data set that holds some");
        }
        int[] samples = IntStream.range(0, dataset.size()).toArray();
        return accuracy(readouts(model, dataset, batch), dataset, samples);
    }

    /** The part of some samples of a data set that their readouts classify rightly. */
    static double accuracy(float[] readouts, Dataset dataset, int[] samples) {
        int classes = readouts.length / samples.length;
        long right = IntStream.range(0, samples.length)
                .filter(i -> Prediction.of(readouts, i * classes, classes) == dataset.label(samples[i]))
                .count();
        return (double) right / samples.length;
    }

    /**
     * The class that {@code model} finds in each sample; the lowest on ties.
     *
     * @param batch samples at a time, at least 1
     * @throws InputException if the images do not fit the network
     */
    public static int[] predictions(AnnModel model, Dataset dataset, int batch) {
        int classes = model.network().output().size();
        float[] readouts = readouts(model, dataset, batch);
        return IntStream.range(0, dataset.size())
                .map(sample -> Prediction.of(readouts, sample * classes, classes))
                .toArray();
    }

    /**
     * The readout of each sample, before the softmax.
     *
     * @param batch samples at a time, at least 1
     * @return {@code dataset.size() * classes} values, sample by sample
     * @throws InputException if the images do not fit the network
     */
    public static float[] readouts(AnnModel model, Dataset dataset, int batch) {
        check(model.network(), dataset, model.preprocessing());
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            ForwardPass pass = new ForwardPass(
                    model.network(), WeightTensors.of(model.network(), model.weights()), Precision.FLOAT32);
            return readouts(
                    pass,
                    new ImageBatch(dataset, model.preprocessing(), Math.min(batch, Math.max(1, dataset.size()))),
                    IntStream.range(0, dataset.size()).toArray());
        }
    }

    /** The readouts of some samples of a batch's data set. */
    static float[] readouts(ForwardPass pass, ImageBatch batch, int[] samples) {
        int classes = pass.network().output().size();
        float[] readouts = new float[Math.multiplyExact(samples.length, classes)];
        try (NoGradGuard guard = new NoGradGuard()) {
            for (int from = 0; from < samples.length; from += batch.capacity()) {
                int count = Math.min(batch.capacity(), samples.length - from);
                try (PointerScope scope = new PointerScope()) {
                    batch.fill(samples, from, from + count);
                    Tensor logits =
                            pass.logits(batch.images(count), Optional.empty()).contiguous();
                    logits.data_ptr_float().get(readouts, from * classes, count * classes);
                }
            }
        }
        return readouts;
    }

    /** Refuses images that a network can not take. */
    static void check(Network network, Dataset dataset, Preprocessing preprocessing) {
        if (!preprocessing.output(dataset.shape()).equals(network.input())) {
            throw InputException.configuration(
                    "the images do not fit the network",
                    dataset.name() + " has " + dataset.shape() + ", preprocessed "
                            + preprocessing.output(dataset.shape()) + "; network '" + network.name() + "' takes "
                            + network.input(),
                    "change the network's input or preprocessing.padding");
        }
        if (network.output().size() != dataset.classes()) {
            throw InputException.configuration(
                    "the network has too " + (network.output().size() < dataset.classes() ? "few" : "many")
                            + " outputs",
                    "network '" + network.name() + "' has " + network.output().size() + ", " + dataset.name() + " has "
                            + dataset.classes() + " classes",
                    "give the last layer one output a class");
        }
    }
}
