package dev.lamina.report.html;

import dev.lamina.report.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The unit that an axis is read in: a prefix for the largest value, and numbers to five digits.
 *
 * @param unit the unit with its prefix, such as {@code µJ}
 * @param factor what values are multiplied by
 */
record Scale(String unit, double factor) {

    private static final MathContext FIVE_DIGITS = new MathContext(5);

    /** Percent of parts of one. */
    static final Scale PERCENT = new Scale("%", 100);

    /** Numbers as they are. */
    static final Scale PLAIN = new Scale("", 1);

    /** The prefix that suits values up to {@code largest}. */
    static Scale upTo(double largest, String unit) {
        if (!(largest > 0) || !Double.isFinite(largest)) {
            return new Scale(unit, 1);
        }
        double thousand = Math.pow(1000, Math.floor(Math.log10(largest) / 3));
        // The prefix as tables write it: what stands between the number and the unit.
        String shown = Quantity.scaled(thousand, unit);
        return new Scale(shown.substring(shown.indexOf(' ') + 1), 1 / thousand);
    }

    /** A value in this unit. */
    double of(double value) {
        return round(value * factor);
    }

    /** The name of an axis, such as {@code energy (µJ)}. */
    String axis(String name) {
        return unit.isEmpty() ? name : name + " (" + unit + ")";
    }

    /** A number to five digits. */
    static double round(double value) {
        return new BigDecimal(value).round(FIVE_DIGITS).doubleValue();
    }
}
