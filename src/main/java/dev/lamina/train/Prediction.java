package dev.lamina.train;

/** The class that a readout names: that of the largest value, the lowest on ties. */
final class Prediction {

    private Prediction() {}

    /** The prediction of {@code classes} values from {@code offset} on. */
    static int of(float[] values, int offset, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (values[offset + i] > values[offset + best]) {
                best = i;
            }
        }
        return best;
    }
}
