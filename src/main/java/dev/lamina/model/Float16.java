package dev.lamina.model;

/** The 16-bit floating-point format of IEEE 754 (binary16): 1 sign, 5 exponent and 10 fraction bits. */
final class Float16 {

    private static final int FRACTION_BITS = 10;
    private static final int BIAS = 15;

    private Float16() {}

    /** The exact value of a binary16. */
    static float toFloat(short bits) {
        int exponent = (bits >> FRACTION_BITS) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, 1 - BIAS - FRACTION_BITS);
        } else {
            magnitude = Math.scalb((float) (fraction | 0x400), exponent - BIAS - FRACTION_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** Whether it holds every one of some values exactly. */
    static boolean holds(float[] values) {
        for (float value : values) {
            if (Float.floatToRawIntBits(toFloat(of(value))) != Float.floatToRawIntBits(value)) {
                return false;
            }
        }
        return true;
    }

    /** The binary16 nearest to {@code value}, ties to even; what is too large becomes infinite. */
    static short of(float value) {
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return 0x7e00;
        } else if (magnitude >= 0x1.ffep15f) {
            return (short) (sign | 0x7c00);
        }
        // In units of the last place, a normal value is its fraction with the leading bit; a carry out of the
        // rounding runs into the exponent, which is just what is wanted.
        int exponent = Math.max(Math.getExponent(magnitude), 1 - BIAS);
        int fraction = (int) Math.rint((double) Math.scalb(magnitude, FRACTION_BITS - exponent));
        return (short) (sign | (((exponent + BIAS - 1) << FRACTION_BITS) + fraction));
    }
}
