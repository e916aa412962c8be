package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CrossEntropyTest {

    private static final float[][] READOUTS = {{1, 3, -2}, {0.5f, 0.25f, 2}};
    private static final int[] LABELS = {1, 0};

    private static CrossEntropy entropy(float[][] readouts, double scale) {
        return entropy(readouts, scale, 0);
    }

    private static CrossEntropy entropy(float[][] readouts, double scale, double smoothing) {
        return CrossEntropy.of(readouts, i -> LABELS[i], scale, smoothing, 2);
    }

    @Test
    void isTheLogarithmOfTheWantedClassesShare() {
        double first = -Math.log(Math.exp(3) / (Math.exp(1) + Math.exp(3) + Math.exp(-2)));
        double second = -Math.log(Math.exp(0.5) / (Math.exp(0.5) + Math.exp(0.25) + Math.exp(2)));

        assertEquals(first + second, entropy(READOUTS, 1).sum(), 1e-12);
        assertEquals(1, entropy(READOUTS, 1).right());
    }

    @Test
    void smoothingSpreadsWhatIsWantedOverAllClasses() {
        double plain = 0;
        for (int label = 0; label < 3; label++) {
            int wanted = label;
            plain += CrossEntropy.of(new float[][] {READOUTS[0]}, i -> wanted, 1, 0, 1)
                    .sum();
        }
        double sure =
                CrossEntropy.of(new float[][] {READOUTS[0]}, i -> 1, 1, 0, 1).sum();

        double smoothed =
                CrossEntropy.of(new float[][] {READOUTS[0]}, i -> 1, 1, 0.3, 1).sum();

        assertEquals(0.7 * sure + 0.3 * plain / 3, smoothed, 1e-9);
    }

    @Test
    void gradientIsThatOfTheMean() {
        for (double smoothing : new double[] {0, 0.3}) {
            double scale = 1 - smoothing;
            float[] gradient = entropy(READOUTS, scale, smoothing).gradient();
            float h = 1 / 1024f;
            for (int i = 0; i < 2; i++) {
                for (int c = 0; c < 3; c++) {
                    float[][] more = {READOUTS[0].clone(), READOUTS[1].clone()};
                    float[][] less = {READOUTS[0].clone(), READOUTS[1].clone()};
                    more[i][c] += h;
                    less[i][c] -= h;
                    double slope = (entropy(more, scale, smoothing).sum()
                                    - entropy(less, scale, smoothing).sum())
                            / (2 * h)
                            / 2;
                    assertEquals(slope, gradient[i * 3 + c], 1e-6);
                }
            }
        }
    }

    @Test
    void largeReadoutsStayFinite() {
        CrossEntropy entropy = CrossEntropy.of(new float[][] {{3e4f, -3e4f}}, i -> 1, 1, 0, 1);

        assertEquals(6e4, entropy.sum(), 1e-3);
        assertTrue(entropy.gradient()[0] == 1 && entropy.gradient()[1] == -1);
    }
}
