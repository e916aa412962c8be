package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.model.Weights;
import dev.lamina.network.Flatten;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import dev.lamina.sim.ReferenceSimulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threshold balancing against its definition in plain loops. */
class ThresholdBalancingTest {

    private static final int SAMPLES = 9;
    private static final int TIMESTEPS = 30;
    private static final long SEED = 4;
    private static final ThresholdBalancing.Progress SILENT = (layer, layers) -> {};

    private final Network network = Network.of(
            "two",
            new Shape(1, 2, 3),
            List.of(new Flatten("flatten"), new Linear("a", 5), new Linear("b", 4), new Linear("out", 2)));
    private final Dataset dataset = dataset();

    @Test
    void aThresholdIsTheLargestWeightedInputBehindTheThresholdsBefore() {
        AnnModel ann = ann(1);
        SpikingModel converted = ThresholdBalancing.convert(ann, recipe(1, 100), dataset, SILENT);
        List<Float> first = weightedInputs(ann, converted, 0);
        assertEquals(Collections.max(first), threshold(converted, 0));
        assertEquals(Collections.max(weightedInputs(ann, converted, 1)), threshold(converted, 1));
    }

    @Test
    void aPercentileIsReadOffAllWeightedInputsToATenthOfAPercent() {
        AnnModel ann = ann(2);
        SpikingModel converted = ThresholdBalancing.convert(ann, recipe(1, 95), dataset, SILENT);
        List<Float> inputs = weightedInputs(ann, converted, 0);
        Collections.sort(inputs);
        float expected = inputs.get(inputs.size() - 1 - (int) (inputs.size() * 0.05));
        assertEquals(expected, threshold(converted, 0), 0.001 * expected);
    }

    @Test
    void theScaleMultipliesAllThresholdsAtTheEnd() {
        SpikingModel baseline = ThresholdBalancing.convert(ann(1), recipe(1, 100), dataset, SILENT);
        SpikingModel scaled = ThresholdBalancing.convert(ann(1), recipe(0.4, 100), dataset, SILENT);
        for (int layer = 0; layer < 2; layer++) {
            assertEquals((float) (threshold(baseline, layer) * 0.4), threshold(scaled, layer));
        }
        assertEquals(0.4, scaled.provenance().conversion().orElseThrow().scale());
        assertTrue(scaled.provenance().history().getLast().contains("k = 0.4"));
    }

    @Test
    void convertingASpikingModelBalancesItsWeightsAnew() {
        SpikingModel once = ThresholdBalancing.convert(ann(1), recipe(0.4, 100), dataset, SILENT);
        SpikingModel twice = ThresholdBalancing.convert(once, recipe(1, 100), dataset, SILENT);
        SpikingModel direct = ThresholdBalancing.convert(ann(1), recipe(1, 100), dataset, SILENT);
        assertEquals(threshold(direct, 1), threshold(twice, 1));
    }

    @Test
    void aDeadLayerIsNamed() {
        float[] negative = new float[30];
        java.util.Arrays.fill(negative, -1);
        AnnModel dead = ann(negative, new float[20], new float[8]);
        InputException e = assertThrows(
                InputException.class, () -> ThresholdBalancing.convert(dead, recipe(1, 100), dataset, SILENT));
        assertTrue(e.getMessage().contains("'a'"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "-1, 100", "NaN, 100", "11, 100", "1, 0", "1, 100.1", "1, NaN"})
    void refusesScalesAndPercentilesOutOfRange(double scale, double percentile) {
        assertThrows(InputException.class, () -> recipe(scale, percentile));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSearchTakesTheBestAndGivesUpOnlyOthers(long seed) {
        SpikingModel baseline = ThresholdBalancing.convert(ann(seed), recipe(1, 100), dataset, SILENT);
        int[] samples = {0, 2, 3, 5, 6};
        LongAdder told = new LongAdder();
        ImmutableList<ScaleSearch.Candidate> candidates =
                ScaleSearch.run(baseline, dataset, samples, SEED, told::increment, 2);

        assertEquals(ScaleSearch.CANDIDATES, candidates.collect(ScaleSearch.Candidate::scale));
        assertEquals((long) samples.length * candidates.size(), told.sum());
        ImmutableDoubleList all = candidates.collectDouble(candidate -> SpikingEvaluation.accuracy(
                ScaleSearch.scaled(baseline, candidate.scale()), dataset, samples, SEED, () -> {}));
        ScaleSearch.Candidate best = ScaleSearch.best(candidates);
        assertEquals(samples.length, best.samples());
        assertEquals(all.max(), best.accuracy());
        for (int i = 0; i < all.size(); i++) {
            ScaleSearch.Candidate candidate = candidates.get(i);
            assertTrue(candidate.scale() <= best.scale() || all.get(i) < all.max(), "the largest of the best");
            if (candidate.samples() == samples.length) {
                assertEquals(all.get(i), candidate.accuracy());
            } else {
                assertTrue(candidate.right() <= all.get(i) * samples.length + 1e-9);
            }
        }
    }

    @Test
    void theSearchTakesSamplesThatTheModelWasNotTrainedOn() {
        SpikingModel baseline = ThresholdBalancing.convert(ann(1), recipe(1, 100), dataset, SILENT);
        ValidationSplit split = new ValidationSplit(4, ValidationSplit.Draw.SEEDED, 3);
        Provenance told = Provenance.of(dataset.name(), 1).withValidation(Optional.of(split));

        assertArrayEquals(
                Arrays.stream(TrainingSplit.of(dataset, split).validation())
                        .sorted()
                        .toArray(),
                searched(baseline.withProvenance(told), 100));
        assertEquals(3, searched(baseline.withProvenance(told), 3).length);
        assertEquals(dataset.size(), searched(baseline, 100).length);
        Provenance ofOther = Provenance.of("another", 1).withValidation(Optional.of(split));
        assertEquals(dataset.size(), searched(baseline.withProvenance(ofOther), 100).length);
    }

    private int[] searched(SpikingModel model, int most) {
        return Arrays.stream(ScaleSearch.samples(model, dataset, most, SEED))
                .sorted()
                .toArray();
    }

    /** All weighted inputs of a layer: over samples, time steps and neurons. */
    private List<Float> weightedInputs(AnnModel ann, SpikingModel thresholds, int layer) {
        List<Float> inputs = new ArrayList<>();
        int sources = network.projections().get(layer).source().size();
        int targets = network.projections().get(layer).target().size();
        float[] weights = ann.weights().tensor(layer);
        for (int sample = 0; sample < SAMPLES; sample++) {
            float[] values = ann.preprocessing().apply(dataset, sample);
            float[][] spikes = ReferenceSimulator.run(thresholds, values, SEED, sample, TIMESTEPS)
                    .spikes()
                    .get(layer);
            for (float[] step : spikes) {
                for (int target = 0; target < targets; target++) {
                    float sum = 0;
                    for (int source = 0; source < sources; source++) {
                        sum += weights[target * sources + source] * step[source];
                    }
                    inputs.add(sum);
                }
            }
        }
        return inputs;
    }

    private static float threshold(SpikingModel model, int layer) {
        return model.populations().get(layer).thresholds()[0];
    }

    private static BalancingRecipe recipe(double scale, double percentile) {
        return new BalancingRecipe(
                scale, percentile, TIMESTEPS, SAMPLES, Encoder.POISSON, NeuronModel.INTEGRATE_AND_FIRE, 10, SEED);
    }

    private AnnModel ann(long seed) {
        Random random = new Random(seed);
        float[][] weights = {new float[30], new float[20], new float[8]};
        for (float[] tensor : weights) {
            for (int i = 0; i < tensor.length; i++) {
                tensor[i] = (float) random.nextGaussian();
            }
        }
        return ann(weights);
    }

    private AnnModel ann(float[]... weights) {
        return new AnnModel(
                network, Weights.of(network, List.of(weights)), Preprocessing.NONE, Provenance.of("made", 0));
    }

    private static Dataset dataset() {
        Random random = new Random(3);
        byte[] pixels = new byte[SAMPLES * 6];
        random.nextBytes(pixels);
        byte[] labels = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = (byte) random.nextInt(2);
        }
        return new Dataset("made", new Shape(1, 2, 3), 2, pixels, labels);
    }
}
