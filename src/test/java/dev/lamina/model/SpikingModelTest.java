package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.data.Encoder;
import java.util.List;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Models made in code: what does not belong together is refused. */
final class SpikingModelTest {

    private static final Population FIRST = Population.ofThreshold(1, 2);

    private final SpikingModel tiny = (SpikingModel) new TinyFile().read();

    @Test
    void oneThresholdIsForAllChannels() {
        assertArrayEquals(
                new float[] {0.5f, 0.5f, 0.5f}, Population.ofThreshold(0.5f, 3).thresholds());
    }

    @Test
    void populationsAreOnePerWeightLayerAndOnlyTheReadoutNeverFires() {
        with(FIRST, Population.READOUT);
        assertRefused("1 populations for 2 weight layers", () -> with(FIRST));
        assertRefused("layer 'c' has no threshold", () -> with(Population.READOUT, Population.READOUT));
        assertRefused(
                "layer 'out' is the readout and takes no threshold", () -> with(FIRST, Population.ofThreshold(1, 3)));
        assertRefused(
                "layer 'c' has 2 channels but 3 values of threshold",
                () -> with(Population.ofThreshold(1, 3), Population.READOUT));
        assertRefused(
                "layer 'out' has 3 channels but 1 values of bias",
                () -> with(FIRST, new Population(null, new float[1], null)));
        assertRefused(
                "layer 'out' has 3 channels but 0 values of initial potential",
                () -> with(FIRST, new Population(null, null, new float[0])));
    }

    private void with(Population... populations) {
        assertEquals(
                populations.length,
                model(tiny.timesteps(), populations).populations().size());
    }

    private SpikingModel model(int timesteps, Population... populations) {
        return new SpikingModel(
                tiny.network(),
                tiny.weights(),
                tiny.neuron(),
                Lists.immutable.of(populations),
                tiny.encoder(),
                tiny.preprocessing(),
                timesteps,
                tiny.provenance());
    }

    @Test
    void sampleTakesATimeStepOrMore() {
        assertEquals(1, model(1, FIRST, Population.READOUT).timesteps());
        assertRefused("a model is made for at least 1 time step, not 0", () -> model(0, FIRST, Population.READOUT));
    }

    @Test
    void weightsFillTheNetwork() {
        float[] convolution = new float[8];
        float[] linear = new float[6];
        assertSame(
                linear, Weights.of(tiny.network(), List.of(convolution, linear)).tensor(1));
        assertRefused("1 weight tensors for 2 weight layers", () -> Weights.of(tiny.network(), List.of(convolution)));
        assertRefused(
                "layer 'out' takes 6 weights, not 8",
                () -> Weights.of(tiny.network(), List.of(convolution, convolution)));
        float[] broken = {0, 0, 0, 0, 0, Float.NaN};
        assertRefused(
                "layer 'out' has the weight NaN at 5", () -> Weights.of(tiny.network(), List.of(convolution, broken)));
    }

    private static void assertRefused(String message, Executable making) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, making).getMessage());
    }

    @Test
    void otherEncoderChangesNothingElse() {
        SpikingModel direct = tiny.withEncoder(Encoder.DIRECT);
        assertEquals(Encoder.DIRECT, direct.encoder());
        RandomModelFiles.assertEqualModels(tiny, direct.withEncoder(tiny.encoder()));
    }

    @Test
    void ordinaryNetworkLeavesTheConversionBehind() {
        AnnModel ann = AnnModel.of(tiny);
        assertSame(tiny.weights(), ann.weights());
        assertEquals(tiny.provenance().withConversion(Optional.empty()), ann.provenance());
        assertSame(ann, AnnModel.of(ann));
    }
}
