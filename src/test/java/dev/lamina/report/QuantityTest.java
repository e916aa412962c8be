package dev.lamina.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 J",
        "-0.0, 0 J",
        "1, 1.00 J",
        "-1, -1.00 J",
        "9.994, 9.99 J",
        "9.996, 10.0 J",
        "99.94, 99.9 J",
        "99.96, 100 J",
        "999.4, 999 J",
        "999.5, 1.00 kJ",
        "-999.6, -1.00 kJ",
        "999999, 1.00 MJ",
        "1000, 1.00 kJ",
        "1e15, 1.00 PJ",
        "999.9e15, 1000 PJ",
        "1e20, 100000 PJ",
        "0.001, 1.00 mJ",
        "0.0009994, 999 µJ",
        "0.0009996, 1.00 mJ",
        "1.234e-6, 1.23 µJ",
        "-26.72e-6, -26.7 µJ",
        "1e-9, 1.00 nJ",
        "1e-12, 1.00 pJ",
        "4.6e-12, 4.60 pJ",
        "1e-15, 1.00 fJ",
        "1e-18, 0.00 fJ",
        "NaN, NaN J",
        "Infinity, Infinity J",
        "-Infinity, -Infinity J",
    })
    void scaledHasThreeDigitsAndAPrefix(double value, String expected) {
        assertEquals(expected, Quantity.scaled(value, "J"));
    }

    @Test
    void thousandsAreSeparated() {
        assertEquals("0", Quantity.count(0));
        assertEquals("999", Quantity.count(999));
        assertEquals("-1,000", Quantity.count(-1000));
        assertEquals("9,223,372,036,854,775,807", Quantity.count(Long.MAX_VALUE));
        assertEquals("1,234.6", Quantity.number(1234.56, 1));
        assertEquals("NaN", Quantity.number(Double.NaN, 2));
    }

    @Test
    void oneIsNotMany() {
        assertEquals("1 epoch", Quantity.of(1, "epoch"));
        assertEquals("0 epochs", Quantity.of(0, "epoch"));
        assertEquals("1,000 epochs", Quantity.of(1000, "epoch"));
    }

    @Test
    void percentHasTwoDecimals() {
        assertEquals("0.00 %", Quantity.percent(0));
        assertEquals("99.99 %", Quantity.percent(0.99994));
        assertEquals("100.00 %", Quantity.percent(1));
    }

    @Test
    void numbersAreTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("1,234", Quantity.count(1234));
            assertEquals("1.5", Quantity.number(1.5, 1));
            assertEquals("12.50 %", Quantity.percent(0.125));
            assertEquals("1.50 kJ", Quantity.scaled(1500, "J"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
