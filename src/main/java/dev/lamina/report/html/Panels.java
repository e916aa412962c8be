package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A chart of small charts one below the other, each with a title of its own, whose axes below are alike; only the last one's is
 * labelled. Not thread-safe.
 */
final class Panels {

    private static final int TITLE = 24;
    private static final int GAP = 10;
    private static final int LABELS = 20;
    private static final int BOTTOM = 40;

    private final ObjectNode option = Json.of(ChartOption.BASE);
    private final ArrayNode titles = option.putArray("title");
    private final ArrayNode grids = option.putArray("grid");
    private final ArrayNode below = option.putArray("xAxis");
    private final ArrayNode left = option.putArray("yAxis");
    private final ArrayNode series = option.putArray("series");
    private final int leftMargin;
    private boolean eachLabelled;
    private int top;

    /** Panels beside labels of so many pixels, below a legend of these names if there are any. */
    Panels(int leftMargin, List<String> legend) {
        this.leftMargin = leftMargin;
        if (!legend.isEmpty()) {
            option.set("legend", ChartOption.legend(legend));
            // Two lines: a narrow page needs them, and panels stay where they are.
            top = 50;
        }
    }

    /** Panels whose axes below differ, so that each is labelled. */
    Panels eachLabelled() {
        eachLabelled = true;
        top += grids.size() * LABELS;
        for (int i = 0; i < grids.size(); i++) {
            for (ArrayNode moved : List.of(titles, grids)) {
                ObjectNode node = (ObjectNode) moved.get(i);
                node.put("top", node.get("top").intValue() + i * LABELS);
            }
        }
        return this;
    }

    /** Adds a panel below the others. */
    Panels panel(String title, int height, Axis belowAxis, Axis leftAxis, List<ObjectNode> shown) {
        int index = grids.size();
        ObjectNode text = titles.addObject()
                .put("text", title)
                .put("left", 0)
                .put("top", top)
                .put("padding", 2);
        text.putObject("textStyle")
                .put("fontSize", 12)
                .put("fontWeight", "bold")
                .put("color", "--ink");
        grids.addObject()
                .put("left", leftMargin)
                .put("right", 14)
                .put("top", top + TITLE)
                .put("height", height);
        below.add(belowAxis.below().put("gridIndex", index));
        left.add(leftAxis.left().put("gridIndex", index));
        shown.forEach(node -> {
            if (node.has("stack")) {
                // Bars of one name would stand on each other across panels.
                node.put("stack", "panel " + index);
            }
            series.add(node.put("xAxisIndex", index).put("yAxisIndex", index));
        });
        top += TITLE + height + GAP;
        return this;
    }

    /** The options. */
    ObjectNode option() {
        for (int i = 0; !eachLabelled && i < below.size() - 1; i++) {
            ObjectNode axis = (ObjectNode) below.get(i);
            axis.put("name", "");
            axis.withObject("/axisLabel").put("show", false);
        }
        return option;
    }

    /** The height of all panels in pixels. */
    int height() {
        return top + (eachLabelled ? 0 : BOTTOM);
    }
}
