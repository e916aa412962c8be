package dev.lamina.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TextTableTest {

    @Test
    void firstColumnStandsLeftTheOthersRight() {
        String text =
                new TextTable("layer", "n").row("a", "1,000").row("conv10", "2").render();
        assertEquals("  layer       n\n  ─────────────\n  a       1,000\n  conv10      2\n", text);
    }

    @Test
    void rowMayBeShorterThanTheHead() {
        String text = new TextTable("a", "b", "c").row("1").row("2", "3").render();
        assertEquals("  a  b  c\n  ───────\n  1\n  2  3\n", text);
    }

    @Test
    void rowMayBeLongerThanTheHead() {
        assertEquals("  a\n  ────\n  1  2\n", new TextTable("a").row("1", "2").render());
    }

    @Test
    void emptyCellsKeepTheirPlaceAndNoLineEndsInSpace() {
        String text = new TextTable("a", "bb", "c")
                .row("x", "", "z")
                .row("x", "y", "")
                .render();
        assertEquals("  a  bb  c\n  ────────\n  x      z\n  x   y\n", text);
    }

    @Test
    void headAloneIsATable() {
        assertEquals("  a  b\n  ────\n", new TextTable("a", "b").render());
    }
}
