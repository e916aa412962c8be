package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The series of charts. */
final class Series {

    private Series() {}

    /** A line through points, thin and without symbols. */
    static ObjectNode line(String name, ArrayNode points) {
        return with(Json.of("{type: 'line', symbol: 'none', lineStyle: {width: 2}}"), name, points);
    }

    /** A dashed line with a symbol on each point. */
    static ObjectNode dashed(String name, ArrayNode points) {
        return with(
                Json.of("{type: 'line', symbol: 'circle', symbolSize: 7, lineStyle: {width: 2, type: [6, 4]}}"),
                name,
                points);
    }

    /** Bars, one a category. */
    static ObjectNode bar(String name, ArrayNode values) {
        return with(Json.of("{type: 'bar', barMaxWidth: 26}"), name, values);
    }

    /** Bars that stand on each other, of one stack. */
    static ObjectNode stacked(String name, ArrayNode values) {
        return with(Json.of("{type: 'bar', stack: 'all', barMaxWidth: 30}"), name, values);
    }

    /** A symbol at each point. */
    static ObjectNode symbols(String name, ArrayNode points) {
        return with(Json.of("{type: 'scatter', symbolSize: 13, z: 5, itemStyle: {opacity: 1}}"), name, points);
    }

    /** Many small dots, drawn as one. */
    static ObjectNode dots(String name, ArrayNode points) {
        return with(Json.of("""
                        {type: 'scatter', symbol: 'rect', symbolSize: [3, 3], large: true, largeThreshold: 1, progressive: 0,
                         silent: true, tooltip: {show: false}}"""), name, points);
    }

    /** Coloured cells. */
    static ObjectNode cells(String name, ArrayNode cells) {
        return with(Json.of("""
                        {type: 'heatmap', progressive: 0, label: {show: false, fontSize: 12},
                         itemStyle: {borderColor: '--surface', borderWidth: 2, borderRadius: 3}, emphasis: {itemStyle: {borderColor: '--ink'}}}"""), name, cells);
    }

    /** The same series in a colour. */
    static ObjectNode coloured(ObjectNode series, String colour) {
        return series.put("color", colour);
    }

    /** The series with that text beside each bar. */
    static ObjectNode labelled(ObjectNode item, String label) {
        item.putObject("label")
                .put("show", true)
                .put("position", "right")
                .put("color", "--ink")
                .put("formatter", label.replace('{', '(').replace('}', ')'));
        return item;
    }

    private static ObjectNode with(ObjectNode series, String name, ArrayNode data) {
        series.put("name", name);
        series.set("data", data);
        return series;
    }
}
