package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An axis of a chart. Not thread-safe. */
final class Axis {

    private static final String LOOK = """
            {
              nameTextStyle: {color: '--muted', fontSize: 12},
              axisLine: {lineStyle: {color: '--line'}},
              axisTick: {lineStyle: {color: '--line'}},
              axisLabel: {color: '--muted', fontSize: 12, hideOverlap: true},
              splitLine: {lineStyle: {color: '--grid'}}
            }""";

    private final ObjectNode node = Json.of(LOOK);

    private boolean slanted;

    private Axis(String type, String name) {
        node.put("type", type).put("name", name);
    }

    /** An axis of numbers that begins at zero. */
    static Axis value(String name) {
        return new Axis("value", name);
    }

    /** An axis of names. */
    static Axis category(String name, List<String> labels) {
        Axis axis = new Axis("category", name);
        axis.node.set("data", Json.texts(labels));
        axis.object("splitLine").put("show", false);
        axis.object("axisTick").put("show", false);
        return axis;
    }

    Axis from(double min) {
        node.put("min", min);
        return this;
    }

    Axis to(double max) {
        node.put("max", max);
        return this;
    }

    /** Shows the part of the axis that has data, zero or not. */
    Axis whereDataIs() {
        node.put("scale", true);
        return this;
    }

    /** Has no ticks between whole numbers. */
    Axis whole() {
        node.put("minInterval", 1);
        return this;
    }

    /** No lines across the chart. */
    Axis withoutLines() {
        object("splitLine").put("show", false);
        return this;
    }

    /** Lines between all names. */
    Axis withLines() {
        object("splitLine").put("show", true).put("interval", 0);
        object("axisLine").put("show", false);
        return this;
    }

    /** The first at the top, as tables have it. */
    Axis downwards() {
        node.put("inverse", true);
        return this;
    }

    /** Neither line nor labels. */
    Axis hidden() {
        node.put("show", false);
        return this;
    }

    Axis withoutLabels() {
        object("axisLabel").put("show", false);
        object("axisTick").put("show", false);
        return this;
    }

    /** Every name shown, or as many as there is room for. */
    Axis allLabels(boolean all) {
        if (all) {
            object("axisLabel").put("interval", 0).put("hideOverlap", false);
        }
        return this;
    }

    /** Names aslant, for long ones side by side. */
    Axis slanted(boolean aslant) {
        if (aslant) {
            slanted = true;
            object("axisLabel").put("rotate", 45);
        }
        return this;
    }

    /** The unit behind each number. */
    Axis unit(Scale scale) {
        object("axisLabel")
                .put("formatter", "{value} " + scale.unit())
                .put("alignMinLabel", "left")
                .put("alignMaxLabel", "right");
        return this;
    }

    /** So many intervals at about. */
    Axis intervals(int count) {
        node.put("splitNumber", count);
        return this;
    }

    /** As the axis below a chart. */
    ObjectNode below() {
        return node.put("nameLocation", "middle").put("nameGap", slanted ? 64 : 26);
    }

    /** As the axis left of a chart, its name above it. */
    ObjectNode left() {
        node.put("nameGap", 10);
        object("nameTextStyle").put("align", "left").put("padding", 0);
        // The name stands above the chart, wherever the axis begins.
        node.put("nameLocation", node.path("inverse").asBoolean() ? "start" : "end");
        return node;
    }

    /** As the axis right of a chart, its name above it. */
    ObjectNode right() {
        node.put("position", "right").put("nameGap", 10);
        object("nameTextStyle").put("align", "right");
        return node;
    }

    private ObjectNode object(String key) {
        return (ObjectNode) node.get(key);
    }
}
