package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.network.AveragePool;
import dev.lamina.network.Dropout;
import dev.lamina.network.Flatten;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import dev.lamina.sim.SpikeBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {

    private static final int SIDE = 32;
    private static final int CHANNELS = 4;
    private static final int SOURCE = SIDE * SIDE * CHANNELS;

    /** The mask on the way through a convolution behind some layers. */
    private static DropoutMask mask(String before) {
        return DropoutMask.of(TinyNetworks.network("""
                name = n, input { channels = 4, height = 32, width = 32 }
                layers = [
                  BEFORE
                  { type = conv, name = c, channels = 2, kernel = 3 }
                  { type = flatten, name = f }
                  { type = linear, name = out, outputs = 2 }
                ]
                """.replace("BEFORE", before)))
                .get(0);
    }

    private static String dropout(String name, double probability) {
        return "{ type = dropout, name = " + name + ", probability = " + probability + " }\n";
    }

    private static String pool(int kernel, int stride) {
        return "{ type = average-pool, name = p, kernel = " + kernel + ", stride = " + stride + " }\n";
    }

    private static int kept(long[] mask) {
        int kept = 0;
        for (int n = 0; n < SOURCE; n++) {
            kept += passes(mask, n) ? 1 : 0;
        }
        return kept;
    }

    private static boolean passes(long[] mask, int neuron) {
        return (mask[neuron >>> 6] >>> neuron & 1) != 0;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5, 0.9})
    void asManyAreKeptAsWanted(double probability) {
        DropoutMask mask = mask(dropout("d", probability));
        double sum = 0;
        for (int slot = 0; slot < 10; slot++) {
            sum += kept(mask.draw(1, slot));
        }
        double deviation = Math.sqrt(10 * SOURCE * probability * (1 - probability));
        assertEquals(10 * SOURCE * (1 - probability), sum, 4 * deviation);
        assertEquals(1 / (1 - probability), mask.factor(), 1e-6);
    }

    @Test
    void dropoutInARowMultiplies() {
        DropoutMask mask = mask(dropout("d", 0.5) + pool(2, 2) + dropout("e", 0.2));

        assertEquals(2.5, mask.factor(), 1e-6);
        assertEquals(0.4 * SOURCE, kept(mask.draw(3, 0)), 4 * Math.sqrt(SOURCE));
    }

    @Test
    void maskIsAPureFunctionOfSeedAndSlot() {
        DropoutMask mask = mask(dropout("d", 0.5));
        long[] first = mask.draw(1, 2);

        assertArrayEquals(first, mask.draw(1, 2));
        assertArrayEquals(first, mask(dropout("d", 0.5)).draw(1, 2));
        assertFalse(Arrays.equals(first, mask.draw(1, 3)));
        assertFalse(Arrays.equals(first, mask.draw(2, 2)));
    }

    @Test
    void layersHaveMasksOfTheirOwn() {
        var masks = DropoutMask.of(TinyNetworks.network("""
                name = n, input { channels = 1, height = 8, width = 8 }
                layers = [
                  { type = dropout, name = a, probability = 0.5 }
                  { type = conv, name = c, channels = 1, kernel = 3, padding = 1 }
                  { type = dropout, name = b, probability = 0.5 }
                  { type = conv, name = d, channels = 1, kernel = 3, padding = 1 }
                  { type = flatten, name = f }
                  { type = linear, name = out, outputs = 2 }
                ]
                """));

        assertFalse(Arrays.equals(masks.get(0).draw(1, 0), masks.get(1).draw(1, 0)));
        assertTrue(masks.get(2).passesAll());
    }

    @Test
    void dropoutBehindAPoolTakesWholeWindows() {
        DropoutMask mask = mask(pool(2, 2) + dropout("d", 0.5));
        long[] drawn = mask.draw(7, 0);

        for (int y = 0; y < SIDE; y += 2) {
            for (int x = 0; x < SIDE; x += 2) {
                for (int c = 0; c < CHANNELS; c++) {
                    boolean first = passes(drawn, (y * SIDE + x) * CHANNELS + c);
                    assertEquals(first, passes(drawn, (y * SIDE + x + 1) * CHANNELS + c));
                    assertEquals(first, passes(drawn, ((y + 1) * SIDE + x) * CHANNELS + c));
                    assertEquals(first, passes(drawn, ((y + 1) * SIDE + x + 1) * CHANNELS + c));
                }
            }
        }
        assertEquals(0.5 * SOURCE, kept(drawn), 4 * Math.sqrt(SOURCE));
    }

    @Test
    void overlappingPoolIsRefusedBeforeDropoutOnly() {
        InputException e = assertThrows(InputException.class, () -> mask(pool(3, 2) + dropout("d", 0.5)));

        assertTrue(e.getMessage().startsWith("dropout behind a pool whose windows overlap"), e.getMessage());
        assertTrue(e.getMessage().contains("layer 'd'"), e.getMessage());
        assertFalse(mask(dropout("d", 0.5) + pool(3, 2)).passesAll());
    }

    /** Before anything else is done: the validation that comes before the first batch may take minutes. */
    @Test
    void aTrainingWithOverlappingPoolsIsRefusedAtOnce() {
        Network network = Network.of(
                "n",
                new Shape(1, 5, 5),
                List.of(
                        new AveragePool("pool", 3, 2),
                        new Dropout("d", 0.5),
                        new Flatten("flat"),
                        new Linear("hidden", 3),
                        new Linear("out", 2)));
        FineTuningRecipe recipe = FineTunerFixture.learningNeurons(false, false);
        assertThrows(
                InputException.class, () -> BatchGradient.checkFits(network, NeuronModel.INTEGRATE_AND_FIRE, recipe));
    }

    @Test
    void noDropoutLetsEverythingPass() {
        assertTrue(mask("").passesAll());
        assertTrue(mask(dropout("d", 0)).passesAll());
        assertEquals(1, mask("").factor());
    }

    @Test
    void maskIsTheSameAtAllTimeSteps() {
        DropoutMask mask = mask(dropout("d", 0.5));
        long[] drawn = mask.draw(5, 1);
        SpikeBatch all = new SpikeBatch();
        for (int tick = 0; tick < 70; tick++) {
            for (int n = 0; n < 100; n++) {
                if (tick < 35) {
                    all.add(n);
                } else {
                    all.add(n, -0.5f);
                }
            }
            all.endTick();
        }
        SpikeBatch through = new SpikeBatch();
        mask.apply(drawn, all, through);

        assertEquals(70, through.ticks());
        for (int tick = 0; tick < 70; tick++) {
            int place = through.from(tick);
            for (int n = 0; n < 100; n++) {
                if (passes(drawn, n)) {
                    assertEquals(n, through.indices()[place]);
                    assertEquals(tick < 35 ? 2 : -1, through.payloads()[place]);
                    place++;
                }
            }
            assertEquals(through.to(tick), place);
        }
    }
}
