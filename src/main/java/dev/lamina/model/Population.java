package dev.lamina.model;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of one population of neurons, each the same for all positions of a channel. The arrays are shared,
 * not copied: nobody may write to them.
 *
 * @param thresholds v, one a channel, above 0; null for the readout, which never fires
 * @param bias a constant input current, one a channel; null for none
 * @param initialPotential u[0], one a channel; null for 0
 */
public record Population(float @Nullable [] thresholds, float @Nullable [] bias, float @Nullable [] initialPotential) {

    /** The readout: integrates, never fires. */
    public static final Population READOUT = new Population(null, null, null);

    /** A population with one threshold for all its channels. */
    public static Population ofThreshold(float threshold, int channels) {
        float[] thresholds = new float[channels];
        java.util.Arrays.fill(thresholds, threshold);
        return new Population(thresholds, null, null);
    }

    /** Checks the parameters of the population called {@code name} against its number of channels. */
    void check(String name, int channels, boolean readout) {
        if (readout != (thresholds == null)) {
            throw new IllegalArgumentException(
                    "layer '" + name + "' " + (readout ? "is the readout and takes no threshold" : "has no threshold"));
        }
        check(name, "threshold", thresholds, channels);
        check(name, "bias", bias, channels);
        check(name, "initial potential", initialPotential, channels);
        if (thresholds != null) {
            for (float threshold : thresholds) {
                if (!(threshold > 0)) {
                    throw new IllegalArgumentException(
                            "layer '" + name + "' has the threshold " + threshold + ", which is not above 0");
                }
            }
        }
    }

    private static void check(String name, String what, float @Nullable [] values, int channels) {
        if (values == null) {
            return;
        }
        if (values.length != channels) {
            throw new IllegalArgumentException(
                    "layer '" + name + "' has " + channels + " channels but " + values.length + " values of " + what);
        }
        for (float value : values) {
            if (!(Math.abs(value) <= Weights.LARGEST)) {
                throw new IllegalArgumentException(
                        "layer '" + name + "' has the " + what + " " + value + Weights.beyond(value));
            }
        }
    }
}
