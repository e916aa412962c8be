package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.Population;
import dev.lamina.model.SpikingModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.MutableDoubleList;

/*
 * The samples are given the class after their own. A trained network is sure of the right ones: its loss would be so small
 * that its gradient is made of rounding.
 */
/**
 * What the gradient of one batch costs: by {@linkplain BatchGradient our way}, with either precision, and by the tensor
 * library's {@linkplain AutogradPass automatic differentiation} over all time steps, in turn in one process. Same
 * network, weights, samples, input events, dropout masks, and so the same gradient. Ours draws the input events and
 * masks within its time; the plain way gets them made.
 */
public final class TrainingBenchmark {

    private TrainingBenchmark() {}

    /** The ways. */
    public enum Way {
        /** Automatic differentiation over all time steps, float32. */
        AUTOGRAD,
        /** Ours, float32. */
        STDB_FLOAT32,
        /** Ours, with bfloat16 on the way back. */
        STDB_BFLOAT16
    }

    /**
     * What a way took.
     *
     * @param seconds of each round, ascending
     * @param bytes physical memory that the process gained from nothing to its first gradient, weights and gradients
     *     included; in one that had done so for another way before, what that left behind was used again
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    public record Cost(Way way, double[] seconds, long bytes) {

        /** The median of the rounds. */
        public double median() {
            return seconds[seconds.length / 2];
        }
    }

    /**
     * What was measured.
     *
     * @param samples the samples of the gradient
     * @param costs one a way; none if it was stopped
     * @param deviation how far our float32 gradient is from the plain one, as a part of its length, at the layer where
     *     that is most; NaN unless both were made
     */
    public record Result(int samples, ImmutableList<Cost> costs, double deviation) {}

    /**
     * Measures.
     *
     * @param model a network whose layers have one threshold each, no bias and no start potential
     * @param recipe its batch, time steps, surrogate, logits and augmentation; its precision is not looked at
     * @param trainSet samples; the first ones are taken
     * @param ways what to measure
     * @param rounds rounds of each way, after one to warm up
     * @param progress told of each gradient made
     * @param stop asked between gradients
     * @return the costs; none if it was stopped
     * @throws InputException if the images do not fit, or the model is not one for the plain way
     */
    public static Result run(
            SpikingModel model,
            FineTuningRecipe recipe,
            Dataset trainSet,
            List<Way> ways,
            int rounds,
            Runnable progress,
            BooleanSupplier stop) {
        AnnEvaluation.check(model.network(), trainSet, model.preprocessing());
        check(model);
        Dataset batch = mislabelled(trainSet, Math.min(recipe.training().batch(), trainSet.size()));
        int[] samples = new int[batch.size()];
        Arrays.setAll(samples, i -> i);
        SpikingModel timed = model.withTimesteps(recipe.timesteps());
        try (PointerScope scope = new PointerScope()) {
            MutableList<Contender> contenders = Lists.mutable.empty();
            for (Way way : ways) {
                contenders.add(new Contender(way, timed, recipe, batch, samples));
                progress.run();
            }
            double deviation = deviation(contenders);
            for (int round = 0; round < rounds; round++) {
                for (Contender contender : contenders) {
                    if (stop.getAsBoolean()) {
                        return new Result(samples.length, Lists.immutable.empty(), deviation);
                    }
                    contender.measure();
                    progress.run();
                }
            }
            return new Result(
                    samples.length, contenders.collect(Contender::cost).toImmutable(), deviation);
        }
    }

    private static void check(SpikingModel model) {
        for (Population population : model.populations()) {
            float[] v = population.thresholds() == null ? new float[] {1} : population.thresholds();
            boolean one = IntStream.range(1, v.length).allMatch(i -> v[i] == v[0]);
            if (!one || population.bias() != null || population.initialPotential() != null) {
                throw InputException.file(
                        "a layer has several thresholds, a bias or a start potential",
                        model.network().name(),
                        "the plain way does not know these: take a model that came from convert");
            }
        }
    }

    private static Dataset mislabelled(Dataset dataset, int size) {
        byte[] labels = new byte[size];
        byte[] pixels = new byte[size * dataset.shape().size()];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) ((dataset.label(i) + 1) % dataset.classes());
            for (int j = 0; j < dataset.shape().size(); j++) {
                pixels[i * dataset.shape().size() + j] = (byte) dataset.pixel(i, j);
            }
        }
        return new Dataset(dataset.name(), dataset.shape(), dataset.classes(), pixels, labels);
    }

    /** The largest ‖a − b‖ / ‖a‖ of a layer. */
    private static double deviation(MutableList<Contender> contenders) {
        Contender plain = contenders.detect(contender -> contender.way == Way.AUTOGRAD);
        Contender ours = contenders.detect(contender -> contender.way == Way.STDB_FLOAT32);
        if (plain == null || ours == null) {
            return Double.NaN;
        }
        double largest = 0;
        for (int i = 0; i < plain.gradients.size(); i++) {
            Tensor a = plain.gradients.get(i);
            double difference = a.sub(ours.gradients.get(i)).norm().item_double();
            largest = Math.max(largest, difference / a.norm().item_double());
        }
        return largest;
    }

    /** Makes the same gradient again and again, its way. */
    private static final class Contender {

        private final Way way;
        private final MutableDoubleList seconds = DoubleLists.mutable.empty();
        private final long bytes;
        private Runnable gradient = () -> {};
        private ImmutableList<Tensor> gradients = Lists.immutable.empty();

        Contender(Way way, SpikingModel model, FineTuningRecipe recipe, Dataset dataset, int[] samples) {
            this.way = way;
            if (way == Way.AUTOGRAD) {
                BatchGradient maker = new BatchGradient(
                        model,
                        recipe,
                        dataset,
                        WeightTensors.of(model.network(), model.weights()).all(),
                        1);
                List<SampleRecord> records = maker.records(model, samples, 0);
                bytes = ResidentMemory.gain(() -> plain(model, recipe, records, maker.labels(samples.length)));
            } else {
                Precision precision = way == Way.STDB_FLOAT32 ? Precision.FLOAT32 : Precision.BFLOAT16;
                bytes = ResidentMemory.gain(() -> ours(model, recipe.withPrecision(precision), dataset, samples));
            }
        }

        private void ours(SpikingModel model, FineTuningRecipe recipe, Dataset dataset, int[] samples) {
            ImmutableList<Tensor> weights =
                    WeightTensors.of(model.network(), model.weights()).all();
            BatchGradient ours = new BatchGradient(model, recipe, dataset, weights, Integer.MAX_VALUE);
            gradient = () -> ours.run(model, weights, samples, 0, () -> {});
            gradient.run();
            gradients = weights.collectWithIndex((tensor, i) -> ours.sums().weights(i));
        }

        private void plain(SpikingModel model, FineTuningRecipe recipe, List<SampleRecord> records, Tensor labels) {
            ImmutableList<DropoutMask> dropout = DropoutMask.of(model.network());
            AutogradPass plain = new AutogradPass(model, recipe.surrogate(), dropout, recipe.timesteps(), false);
            gradient = () -> plain.differentiate(
                    records, labels, recipe.logitScale(), recipe.training().labelSmoothing());
            gradient.run();
            gradients = plain.weights.collect(Tensor::grad);
        }

        void measure() {
            long start = System.nanoTime();
            gradient.run();
            seconds.add((System.nanoTime() - start) / 1e9);
        }

        Cost cost() {
            return new Cost(way, seconds.toSortedArray(), bytes);
        }
    }
}
