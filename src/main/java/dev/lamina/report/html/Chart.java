package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A chart.
 *
 * @param name the file's name without its ending
 * @param title what it shows, in a line
 * @param option the ECharts options, with colours by the names of {@link Palette}; plain data without functions
 * @param height in pixels
 * @param width how much of the page it wants
 */
record Chart(String name, String title, ObjectNode option, int height, Width width) implements Block {

    /** How much of the page's width a chart wants, where the page is wide enough for a choice. */
    enum Width {
        FULL,
        HALF;

        /** The width of the file's picture, in pixels. */
        int pixels() {
            return this == FULL ? 920 : 520;
        }
    }
}
