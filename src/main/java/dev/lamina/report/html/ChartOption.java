package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The options of a chart with one pair of axes and, where several things are shown, a legend above, which gets as many lines as its
 * names need on a wide page and on a narrow one. Not thread-safe.
 */
final class ChartOption {

    /** What all charts have in common. No motion: it would delay reading, and pictures would be taken before its end. */
    static final String BASE = """
            {
              animation: false,
              color: ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7'],
              textStyle: {fontFamily: 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif', color: '--ink'},
              tooltip: {
                trigger: 'axis', confine: true, backgroundColor: '--surface', borderColor: '--line',
                textStyle: {color: '--ink', fontSize: 12}, axisPointer: {lineStyle: {color: '--muted'}}
              }
            }""";

    /** The widths in pixels below which a chart's legend may need more lines: of a wide page, of half of it, of a phone. */
    private static final int[] WIDTHS = {900, 560, 400};

    /** Up to this width a chart is narrow. */
    private static final int NARROW = 480;

    /** What the narrowest phones leave for a chart. */
    private static final int NARROWEST = 300;

    private static final int LEGEND_LINE = 22;

    private final ObjectNode base = Json.of(BASE);
    private final ObjectNode grid = base.putObject("grid");
    private final ArrayNode series = Json.array();
    private final List<String> legend;
    private ObjectNode narrow = Json.of("{}");
    private boolean rightAxis;
    private int extraTop;

    /** A chart with a legend of these names, or without one if there are none. */
    ChartOption(List<String> legend) {
        this.legend = legend;
        grid.put("left", 8).put("right", 18).put("bottom", 26).put("containLabel", true);
        if (!legend.isEmpty()) {
            base.set("legend", legend(legend));
        }
    }

    /** A legend of these names above everything. */
    static ObjectNode legend(List<String> names) {
        ObjectNode node =
                Json.of("{top: 0, left: 0, itemWidth: 18, itemHeight: 10, itemGap: 14, textStyle: {color: '--ink'}}");
        node.set("data", Json.texts(names));
        return node;
    }

    ChartOption below(Axis axis) {
        base.set("xAxis", axis.below());
        return this;
    }

    ChartOption left(Axis axis) {
        ObjectNode node = axis.left();
        base.putArray("yAxis").add(node);
        extraTop = node.path("name").asText().isEmpty() ? 10 : 30;
        return this;
    }

    /** A second axis of values; call it after {@link #left}. */
    ChartOption right(Axis axis) {
        base.withArray("yAxis").add(axis.right());
        grid.put("right", 8);
        rightAxis = true;
        return this;
    }

    ChartOption series(ObjectNode node) {
        series.add(node);
        return this;
    }

    /** A series on the axis right of the chart. */
    ChartOption seriesOnTheRight(ObjectNode node) {
        if (!rightAxis) {
            throw new IllegalStateException("there is no axis on the right");
        }
        series.add(node.put("yAxisIndex", 1));
        return this;
    }

    /** Shows what is under the pointer alone, not all series there. */
    ChartOption tellsItems() {
        tooltip().put("trigger", "item");
        return this;
    }

    ChartOption tellsBars() {
        tooltip().putObject("axisPointer").put("type", "shadow");
        return this;
    }

    /** Other options on narrow pages. */
    ChartOption narrow(ObjectNode options) {
        narrow = options;
        return this;
    }

    /** Other options. */
    ObjectNode base() {
        return base;
    }

    /** The options. */
    ObjectNode build() {
        base.set("series", series);
        if (legend.isEmpty() && narrow.isEmpty()) {
            grid.put("top", extraTop);
            return base;
        }
        ObjectNode option = Json.of("{}");
        option.set("baseOption", base);
        // The last that holds wins, so from wide to narrow.
        ArrayNode media = option.putArray("media");
        media.addObject().set("option", gridTop(WIDTHS[0]));
        for (int i = 0; i < WIDTHS.length; i++) {
            ObjectNode query = Json.of("{query: {}}");
            query.withObject("/query").put("maxWidth", WIDTHS[i]);
            query.set("option", gridTop(i + 1 < WIDTHS.length ? WIDTHS[i + 1] : NARROWEST));
            media.add(query);
        }
        media.addObject()
                .<ObjectNode>set("query", Json.of("{maxWidth: " + NARROW + "}"))
                .set("option", narrow);
        return option;
    }

    private ObjectNode gridTop(int width) {
        ObjectNode option = Json.of("{grid: {}}");
        option.withObject("/grid").put("top", extraTop + LEGEND_LINE * lines(legend, width));
        return option;
    }

    private ObjectNode tooltip() {
        return base.withObject("/tooltip");
    }

    /** The lines that a legend will take; browsers' fonts differ, so this is rather too many than too few. */
    private static int lines(List<String> names, int width) {
        int lines = names.isEmpty() ? 0 : 1;
        int used = 0;
        for (String name : names) {
            int needed = 38 + (int) (6.5 * name.length());
            if (used > 0 && used + needed > width) {
                lines++;
                used = 0;
            }
            used += needed;
        }
        return lines;
    }
}
