package dev.lamina.report.html;

import dev.lamina.report.Quantity;
import java.util.OptionalDouble;

/**
 * A cell of a table.
 *
 * @param shown what people read, such as {@code 1.23 µJ}
 * @param raw what programs read, such as {@code 1.234567E-6}
 */
record Cell(String shown, String raw) {

    /** Nothing. */
    static final Cell NONE = new Cell("–", "");

    static Cell text(String text) {
        return new Cell(text, text);
    }

    /** A whole number of a file that nobody reads in the page. */
    static Cell plain(long number) {
        return text(Long.toString(number));
    }

    static Cell count(long count) {
        return new Cell(Quantity.count(count), Long.toString(count));
    }

    static Cell number(double value, int decimals) {
        return new Cell(Quantity.number(value, decimals), raw(value));
    }

    static Cell percent(double part) {
        return new Cell(Quantity.percent(part), raw(part));
    }

    static Cell scaled(double value, String unit) {
        return new Cell(Quantity.scaled(value, unit), raw(value));
    }

    /** A quantity that is zero where nobody counts it. */
    static Cell part(double value, String unit) {
        return value == 0 ? new Cell(NONE.shown(), "0") : scaled(value, unit);
    }

    static Cell scaled(OptionalDouble value, String unit) {
        return value.isPresent() ? scaled(value.getAsDouble(), unit) : NONE;
    }

    private static String raw(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
