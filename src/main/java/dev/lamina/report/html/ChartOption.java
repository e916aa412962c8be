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

    /** Pages below this width in pixels are narrow: a phone's. */
    private static final int NARROW = 560;

    private static final int PHONE = 320;
    private static final int WIDE = 860;
    private static final int LEGEND_LINE = 22;

    private final ObjectNode base = Json.of(BASE);
    private final ObjectNode grid = base.putObject("grid");
    private final ArrayNode series = Json.array();
    private final int wideLines;
    private final int narrowLines;
    private boolean rightAxis;
    private int extraTop;

    /** A chart with a legend of these names, or without one if there are none. */
    ChartOption(List<String> legend, Chart.Width width) {
        grid.put("left", 8).put("right", 18).put("bottom", 34).put("containLabel", true);
        wideLines = lines(legend, width == Chart.Width.FULL ? WIDE : WIDE / 2);
        narrowLines = lines(legend, PHONE);
        if (!legend.isEmpty()) {
            ObjectNode node = base.putObject("legend");
            node.set("data", Json.texts(legend));
            node.put("top", 0)
                    .put("left", 0)
                    .put("itemWidth", 18)
                    .put("itemHeight", 10)
                    .put("itemGap", 14);
            node.putObject("textStyle").put("color", "--ink");
        }
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

    /** Other options. */
    ObjectNode base() {
        return base;
    }

    /** The options. */
    ObjectNode build() {
        base.set("series", series);
        grid.put("top", extraTop + LEGEND_LINE * wideLines);
        if (narrowLines == wideLines) {
            return base;
        }
        ObjectNode option = Json.of("{}");
        option.set("baseOption", base);
        ArrayNode media = option.putArray("media");
        media.addObject().set("option", gridTop(wideLines));
        media.addObject()
                .<ObjectNode>set("query", Json.of("{maxWidth: " + NARROW + "}"))
                .set("option", gridTop(narrowLines));
        return option;
    }

    private ObjectNode gridTop(int lines) {
        ObjectNode option = Json.of("{grid: {}}");
        option.withObject("/grid").put("top", extraTop + LEGEND_LINE * lines);
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
            int needed = 38 + 7 * name.length();
            if (used > 0 && used + needed > width) {
                lines++;
                used = 0;
            }
            used += needed;
        }
        return lines;
    }
}
