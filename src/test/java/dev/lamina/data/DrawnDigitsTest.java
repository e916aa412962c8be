package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.Sha256;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DrawnDigitsTest {

    private static final int SIZE = DrawnDigits.SHAPE.size();

    /** If this fails although nobody meant to change the digits, some machine computes otherwise. */
    @Test
    void firstImagesAreTheSameEverywhere() {
        assertEquals("294f7f38fe5fcde87c74c273b0f79554dd236ed3942fa985c144686479cd843a", digest(Split.TRAIN));
        assertEquals("c7bdd336187891db3e700cfcd2aacdcf04d782d14b2ab0af0bef9fbf63f85d90", digest(Split.TEST));
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void everyTenLabelsAreTheTenClassesInChangingOrder(Split split) {
        int[] previous = {};
        int repeated = 0;
        for (int i = 0; i < DrawnDigits.size(split); i += 10) {
            int[] labels = new int[10];
            for (int j = 0; j < 10; j++) {
                labels[j] = DrawnDigits.label(split, i + j);
            }
            repeated += Arrays.equals(labels, previous) ? 1 : 0;
            previous = labels.clone();
            Arrays.sort(labels);
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, labels);
        }
        assertTrue(repeated < 3);
    }

    @Test
    void anyImageCanBeDrawnAlone() {
        Dataset test = DrawnDigits.dataset(Split.TEST);
        assertEquals(2_000, test.size());
        assertEquals(DrawnDigits.SHAPE, test.shape());
        assertEquals(10, test.classes());
        assertEquals("drawn-digits", test.name());
        for (int sample : new int[] {1_999, 0, 777}) {
            byte[] pixels = new byte[SIZE];
            DrawnDigits.draw(Split.TEST, sample, pixels, 0);
            assertEquals(DrawnDigits.label(Split.TEST, sample), test.label(sample));
            for (int i = 0; i < SIZE; i++) {
                assertEquals(pixels[i] & 0xff, test.pixel(sample, i));
            }
        }
    }

    @Test
    void noImageStandsTwiceAndSplitsShareNone() {
        Set<String> seen = new HashSet<>();
        for (Split split : Split.values()) {
            for (int i = 0; i < 1_000; i++) {
                byte[] pixels = new byte[SIZE];
                DrawnDigits.draw(split, i, pixels, 0);
                assertTrue(seen.add(Sha256.of(pixels)), split + " " + i);
            }
        }
    }

    /** Like MNIST: a fifth of the pixels has ink, some of it black, and hardly any at the border. */
    @Test
    void everyImageHasAnInkedDigitOnAnEmptyGround() {
        Dataset test = DrawnDigits.dataset(Split.TEST);
        long inkedInAll = 0;
        long onBorder = 0;
        for (int sample = 0; sample < test.size(); sample++) {
            int inked = 0;
            int darkest = 0;
            for (int i = 0; i < SIZE; i++) {
                int pixel = test.pixel(sample, i);
                inked += pixel > 0 ? 1 : 0;
                darkest = Math.max(darkest, pixel);
                boolean border = i % 28 == 0 || i % 28 == 27 || i < 28 || i >= SIZE - 28;
                onBorder += border && pixel > 0 ? 1 : 0;
            }
            assertTrue(inked > 25 && inked < 400, "inked " + inked + " in " + sample);
            assertTrue(darkest > 180, "darkest " + darkest + " in " + sample);
            inkedInAll += inked;
        }
        assertEquals(0.19, (double) inkedInAll / test.size() / SIZE, 0.02);
        assertTrue(onBorder < test.size() / 10, "on the border " + onBorder);
    }

    @Test
    void skeletonReadsCurvesCornersAndLifts() {
        Skeleton skeleton = Skeleton.of("0,10 20,30 | 40,50 / 60,70 80,90");
        assertEquals(2, skeleton.strokes().size());
        assertEquals(2, skeleton.strokes().get(0).curves().size());
        assertArrayEquals(
                new double[] {0, 0.1, 0.2, 0.3},
                skeleton.strokes().get(0).curves().get(0));
        assertArrayEquals(
                new double[] {0.6, 0.7, 0.8, 0.9},
                skeleton.strokes().get(1).curves().get(0));
        assertFalse(DigitForms.of(7).isEmpty());
    }

    private static String digest(Split split) {
        byte[] pixels = new byte[100 * SIZE];
        for (int i = 0; i < 100; i++) {
            DrawnDigits.draw(split, i, pixels, i * SIZE);
        }
        return Sha256.of(pixels);
    }
}
