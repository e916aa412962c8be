package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Which tensors a file must, may and must not have, and the values that they may hold. */
final class ModelTensorsTest {

    private static final long[] SCALAR = {};
    private static final long[] ONE = {1};
    private static final long[] TWO = {2};
    private static final long[] THREE = {3};
    private static final long[] CONV = {2, 1, 2, 2};

    @Test
    void thresholdsAreForTheLayerOrForEachChannel() {
        assertArrayEquals(new float[] {1.5f, 1.5f}, thresholds(new TinyFile()));
        assertArrayEquals(new float[] {2, 2}, thresholds(new TinyFile().tensor("c.threshold", SCALAR, 2)));
        assertArrayEquals(new float[] {2, 3}, thresholds(new TinyFile().tensor("c.threshold", TWO, 2, 3)));
    }

    private static float[] thresholds(TinyFile file) {
        SpikingModel model = (SpikingModel) file.read();
        assertNull(model.populations().getLast().thresholds());
        return model.populations().getFirst().thresholds();
    }

    @Test
    void biasAndInitialPotentialAreOptional() {
        SpikingModel without = (SpikingModel) new TinyFile().read();
        assertNull(without.populations().getFirst().bias());
        assertNull(without.populations().getFirst().initialPotential());
        SpikingModel with = (SpikingModel) new TinyFile()
                .tensor("c.bias", TWO, 1, -1)
                .tensor("out.bias", THREE, 1, 2, 3)
                .tensor("c.initial_potential", TWO, 0.5f, 0)
                .read();
        assertArrayEquals(new float[] {1, -1}, with.populations().getFirst().bias());
        assertArrayEquals(new float[] {0.5f, 0}, with.populations().getFirst().initialPotential());
        assertArrayEquals(new float[] {1, 2, 3}, with.populations().getLast().bias());
        assertNull(with.populations().getLast().initialPotential());
    }

    @Test
    void halfPrecisionIsWidened() {
        ByteBuffer halves = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {1, -2, 0.5f, 0, 65504, 0x1p-24f, -0f, 3}) {
            halves.putShort(Float16.of(value));
        }
        TinyFile file = new TinyFile().raw("c.weight", "F16", CONV, halves.array());
        assertArrayEquals(
                new float[] {1, -2, 0.5f, 0, 65504, 0x1p-24f, -0f, 3},
                file.read().weights().tensor(0));
        halves.putShort(0, (short) 0x7c00);
        file.raw("c.weight", "F16", CONV, halves.array())
                .assertRefused("layer 'c' has the weight Infinity at 0: tiny: ");
        halves.putShort(0, (short) 0x7e00);
        file.raw("c.weight", "F16", CONV, halves.array()).assertRefused("layer 'c' has the weight NaN at 0: tiny: ");
    }

    @Test
    void missingTensorsAreNamed() {
        new TinyFile().without("c.weight").assertRefused("layer 'c' has no weights: tiny: ");
        new TinyFile().without("out.weight").assertRefused("layer 'out' has no weights: tiny: ");
        new TinyFile().without("c.threshold").assertRefused("layer 'c' has no thresholds: tiny: ");
        new TinyFile().ann().without("out.weight").assertRefused("layer 'out' has no weights: tiny: ");
    }

    @Test
    void missingTensorsAreLookedForUnderAnotherName() {
        TinyFile file = new TinyFile().without("out.weight");
        file.assertRefused("layer 'out' has no weights: tiny: save them as 'out.weight', or correct the network");
        file.tensor("dense1.bias", ONE, 1)
                .assertRefused(
                        "layer 'out' has no weights: tiny: the file has 'dense1.bias', which no layer takes; save");
        file.tensor("dense2.weight", ONE, 1)
                .tensor("dense1.weight", ONE, 1)
                .assertRefused(
                        "layer 'out' has no weights: tiny: the file has 'dense1.weight', which no layer takes; save");
        new TinyFile()
                .without("c.threshold")
                .tensor("x".repeat(1_000), ONE, 1)
                .assertRefused("layer 'c' has no thresholds: tiny: the file has '" + "x".repeat(200) + "…', which");
    }

    @Test
    void transposedWeightsAreToldFromOthers() {
        String out = "layer 'out' takes weights of the shape [3, 2], but the file has ";
        new TinyFile()
                .tensor("out.weight", new long[] {2, 3}, new float[6])
                .assertRefused(out + "[2, 3]: tiny: it looks transposed: save it outputs first, as PyTorch has it");
        new TinyFile()
                .tensor("out.weight", new long[] {6}, new float[6])
                .assertRefused(out + "[6]: tiny: save it in this shape, or correct the network in the file's metadata");
        new TinyFile()
                .tensor("c.weight", new long[] {2, 2, 1, 2}, new float[8])
                .assertRefused("layer 'c' takes weights of the shape [2, 1, 2, 2], but the file has [2, 2, 1, 2]: tiny:"
                        + " it looks transposed: save its axes as PyTorch has them, outputs, inputs, height and width");
    }

    @Test
    void tensorsWithoutAPlaceAreNamed() {
        String inSpiking = "' has no place in a spiking network of these layers: tiny: ";
        new TinyFile().tensor("fc.weight", ONE, 1).assertRefused("tensor 'fc.weight" + inSpiking);
        new TinyFile().tensor("out.threshold", ONE, 1).assertRefused("tensor 'out.threshold" + inSpiking);
        new TinyFile().tensor("c.weights", ONE, 1).assertRefused("tensor 'c.weights" + inSpiking);
        new TinyFile().tensor("", ONE, 1).assertRefused("tensor '" + inSpiking);
        new TinyFile().tensor("a\nb\u001b[2J", ONE, 1).assertRefused("tensor 'a b [2J" + inSpiking);
        new TinyFile().tensor("x".repeat(1_000), ONE, 1).assertRefused("tensor '" + "x".repeat(200) + "…'");
        String inOrdinary = "' has no place in an ordinary network of these layers: tiny: ";
        new TinyFile().ann().tensor("c.threshold", ONE, 1).assertRefused("tensor 'c.threshold" + inOrdinary);
        new TinyFile()
                .ann()
                .tensor("c.bias", TWO, 1, 1)
                .assertRefused(
                        "tensor 'c.bias' is a bias, and an ordinary network has none here: tiny: train it without");
    }

    @Test
    void shapesMustBeThoseOfTheNetwork() {
        new TinyFile()
                .tensor("c.weight", new long[] {1, 2, 2, 2}, new float[8])
                .assertRefused("layer 'c' takes weights of the shape [2, 1, 2, 2], but the file has [1, 2, 2, 2]");
        new TinyFile()
                .tensor("out.weight", new long[] {6}, new float[6])
                .assertRefused("layer 'out' takes weights of the shape [3, 2], but the file has [6]");
        new TinyFile()
                .tensor("c.threshold", THREE, 1, 1, 1)
                .assertRefused("layer 'c' takes thresholds of the shape [2], but the file has [3]");
        new TinyFile()
                .tensor("c.threshold", new long[] {1, 1}, 1)
                .assertRefused("layer 'c' takes thresholds of the shape [2], but the file has [1, 1]");
        new TinyFile().tensor("c.threshold", new long[] {0}).assertRefused("layer 'c' takes thresholds of the shape");
        new TinyFile()
                .tensor("c.bias", ONE, 1)
                .assertRefused("layer 'c' takes bias of the shape [2], but the file has [1]");
        new TinyFile()
                .tensor("out.initial_potential", TWO, 1, 1)
                .assertRefused("layer 'out' takes initial potential of the shape [3], but the file has [2]");
    }

    @Test
    void valuesMustBeUsable() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0x1.1p60f, -1e30f}) {
            new TinyFile()
                    .tensor("c.weight", CONV, 0, 0, 0, 0, 0, bad, 0, 0)
                    .assertRefused("layer 'c' has the weight " + bad + " at 5");
            new TinyFile().tensor("c.threshold", ONE, bad).assertRefused("layer 'c' has the threshold " + bad);
            new TinyFile().tensor("c.bias", TWO, 0, bad).assertRefused("layer 'c' has the bias " + bad);
            new TinyFile()
                    .tensor("out.initial_potential", THREE, 0, 0, bad)
                    .assertRefused("layer 'out' has the initial potential " + bad);
        }
        new TinyFile()
                .tensor("c.weight", CONV, 0, 0, 0, 0, 0, -1e30f, 0, 0)
                .assertRefused("layer 'c' has the weight -1.0E30 at 5, more than 1e18: tiny: ");
        new TinyFile()
                .tensor("c.weight", CONV, 0, 0, 0, 0, 0, Weights.LARGEST, 0, 0)
                .read();
        for (float bad : new float[] {0, -0f, -1}) {
            new TinyFile()
                    .tensor("c.threshold", TWO, 1, bad)
                    .assertRefused("layer 'c' has the threshold " + bad + ", which is not above 0: tiny: ");
        }
        new TinyFile().tensor("c.threshold", ONE, Float.MIN_VALUE).read();
    }

    @Test
    void ordinaryNetworkHasWeightsOnly() {
        AnnModel model = assertInstanceOf(AnnModel.class, new TinyFile().ann().read());
        assertEquals(2, model.weights().size());
        assertArrayEquals(new float[] {-1, -2, -3, -4, -5, -6}, model.weights().tensor(1));
    }
}
