package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Provenance;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnEvaluationTest {

    private static final Network NETWORK = TinyNetworks.network("""
            name = mixed, input { channels = 2, height = 9, width = 7 }
            layers = [
              { type = conv, name = a, channels = 5, kernel = 3, padding = 1 }
              { type = dropout, name = d, probability = 0.5 }
              { type = conv, name = b, channels = 4, kernel = 3, stride = 2, padding = 2 }
              { type = average-pool, name = p, kernel = 3, stride = 1 }
              { type = flatten, name = f }
              { type = linear, name = c, outputs = 8 }
              { type = linear, name = e, outputs = 3 }
            ]
            """);

    private static final Preprocessing PREPROCESSING = new Preprocessing(1, 0.5f, 0.5f);

    private static AnnModel model(long seed) {
        Random random = new Random(seed);
        Weights weights = Weights.of(
                NETWORK,
                NETWORK.projections().collect(projection -> TinyNetworks.values(random, projection.weights(), 0.5f)));
        return new AnnModel(NETWORK, weights, PREPROCESSING, Provenance.of("noise", 1));
    }

    private static float[] channelFirst(float[] neuronOrder, Shape shape) {
        float[] values = new float[neuronOrder.length];
        for (int i = 0; i < values.length; i++) {
            values[i % shape.channels() * shape.positions() + i / shape.channels()] = neuronOrder[i];
        }
        return values;
    }

    @Test
    void readoutsEqualPlainLoops() {
        AnnModel model = model(4);
        Dataset dataset = TinyNetworks.noise(new Shape(2, 7, 5), 3, 11, 4);

        float[] readouts = AnnEvaluation.readouts(model, dataset, 4);

        for (int sample = 0; sample < dataset.size(); sample++) {
            float[] image = channelFirst(PREPROCESSING.apply(dataset, sample), NETWORK.input());
            float[] expected = NaiveForward.readout(NETWORK, model.weights(), image);
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[i], readouts[sample * 3 + i], 1e-4 * Math.max(1, Math.abs(expected[i])));
            }
        }
    }

    @Test
    void batchSizeDoesNotChangePredictions() {
        Dataset dataset = TinyNetworks.noise(new Shape(2, 7, 5), 3, 50, 5);

        int[] one = AnnEvaluation.predictions(model(5), dataset, 1);
        int[] all = AnnEvaluation.predictions(model(5), dataset, 64);

        assertArrayEquals(one, all);
    }

    @Test
    void accuracyIsThePartOfRightPredictions() {
        Dataset dataset = TinyNetworks.noise(new Shape(2, 7, 5), 3, 50, 6);
        int[] predictions = AnnEvaluation.predictions(model(6), dataset, 8);
        long zeros =
                Arrays.stream(predictions).filter(prediction -> prediction == 0).count();

        assertEquals(zeros / 50.0, AnnEvaluation.accuracy(model(6), dataset, 8));
    }

    @Test
    void noSamplesAreRefused() {
        Dataset none = TinyNetworks.noise(new Shape(2, 7, 5), 3, 0, 1);

        assertThrows(InputException.class, () -> AnnEvaluation.accuracy(model(1), none, 8));
    }

    @Test
    void anotherNumberOfClassesIsRefused() {
        Dataset dataset = new Dataset("four", new Shape(2, 7, 5), 4, new byte[70], new byte[1]);

        InputException e = assertThrows(InputException.class, () -> AnnEvaluation.accuracy(model(1), dataset, 8));

        assertTrue(e.getMessage().contains("too few outputs"), e.getMessage());

        Dataset two = new Dataset("two", new Shape(2, 7, 5), 2, new byte[70], new byte[1]);
        e = assertThrows(InputException.class, () -> AnnEvaluation.accuracy(model(1), two, 8));
        assertTrue(e.getMessage().contains("too many outputs"), e.getMessage());
    }

    @Test
    void onTiesTheLowestClassWins() {
        assertEquals(1, Prediction.of(new float[] {9, 0, 2, 2, 1}, 1, 4));
    }
}
