package dev.lamina.report;

import java.util.Locale;

/** Numbers in words, as tables show them. */
public final class Quantity {

    private static final String[] SMALL = {"", "m", "µ", "n", "p", "f"};
    private static final String[] LARGE = {"", "k", "M", "G", "T", "P"};

    /** From here on, three digits round to the next prefix. */
    private static final double ROUNDED_TO_1000 = 999.5;

    private Quantity() {}

    /** A whole number with thousands separated. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** So many of what {@code noun} names one of, such as {@code 1 epoch} and {@code 2 epochs}. */
    public static String of(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** A number with thousands separated and so many decimals. */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A part of one as a percentage with two decimals. */
    public static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    /** A time to two units at most, such as {@code 2 h 05 min}. */
    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** A quantity to three digits with the prefix of its unit, such as {@code 1.23 µJ}. */
    public static String scaled(double value, String unit) {
        if (value == 0 || !Double.isFinite(value)) {
            return (value == 0 ? "0" : Double.toString(value)) + " " + unit;
        }
        int group = Math.floorDiv((int) Math.floor(Math.log10(Math.abs(value))), 3);
        group = Math.max(1 - SMALL.length, Math.min(LARGE.length - 1, group));
        double mantissa = value / Math.pow(1000, group);
        if (Math.abs(mantissa) >= ROUNDED_TO_1000 && group < LARGE.length - 1) {
            group++;
            mantissa /= 1000;
        }
        String prefix = group < 0 ? SMALL[-group] : LARGE[group];
        int decimals = Math.abs(mantissa) >= 99.95 ? 0 : Math.abs(mantissa) >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s%s", mantissa, prefix, unit);
    }
}
