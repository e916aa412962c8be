package dev.lamina.report.html;

import java.util.List;
import java.util.stream.Stream;

/**
 * A section of the page.
 *
 * @param id its anchor
 * @param title its title
 * @param lead what one sees in it and how to read it
 * @param blocks its parts, in order
 */
record Section(String id, String title, String lead, List<Block> blocks) {

    Stream<Chart> charts() {
        return blocks.stream().filter(Chart.class::isInstance).map(Chart.class::cast);
    }

    Stream<DataTable> tables() {
        return blocks.stream().filter(DataTable.class::isInstance).map(DataTable.class::cast);
    }
}
