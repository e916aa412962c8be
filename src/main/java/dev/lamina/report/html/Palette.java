package dev.lamina.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/*
 * The hues are those of Okabe and Ito, which stay apart in all common kinds of colour blindness, made darker or lighter until
 * lines of them have a contrast of 3 : 1 or more with the background (WCAG 2.1, 1.4.11).
 *
 * Chart options name colours as CSS names custom properties, "--c1". Only what stands under a key of colours is looked up, so
 * that no text of a user's is taken for a colour's name.
 */
/** The colours of a theme, by name: as properties of a style sheet, and put into chart options. Immutable. */
final class Palette {

    private static final List<String> NAMES = List.of(
            "page",
            "surface",
            "ink",
            "muted",
            "line",
            "grid",
            "c1",
            "c2",
            "c3",
            "c4",
            "c5",
            "c6",
            "c7",
            "weak",
            "strong",
            "weak-error",
            "strong-error",
            "on-strong");

    /** Dark on white, as in print. */
    static final Palette LIGHT = new Palette(
            "#fbfbfa", "#ffffff", "#1d2126", "#59616b", "#d3d7dc", "#e8eaed", "#0a65b0", "#c24e08", "#0a8263",
            "#96498c", "#9a6c00", "#3b87bb", "#6b737d", "#e6eef7", "#0b3c78", "#fbe9db", "#8f3300", "#ffffff");

    /** Light on nearly black. */
    static final Palette DARK = new Palette(
            "#14171b", "#1b1f25", "#e8eaed", "#a4adb8", "#3b424b", "#2a3038", "#58aef2", "#ff935a", "#3dcb9c",
            "#dc93d0", "#e6bb3f", "#9fd2f3", "#98a1ac", "#22303f", "#8ec6ff", "#3a271a", "#ffab78", "#10141a");

    private final Map<String, String> colours = new LinkedHashMap<>();

    private Palette(String... values) {
        for (int i = 0; i < values.length; i++) {
            colours.put("--" + NAMES.get(i), values[i]);
        }
    }

    /** The declarations of a style sheet, such as {@code --ink:#1d2126;}. */
    String declarations() {
        StringBuilder text = new StringBuilder();
        colours.forEach(
                (name, value) -> text.append(name).append(':').append(value).append(';'));
        return text.toString();
    }

    /** A copy of chart options with this theme's colours in place of their names. */
    JsonNode paint(JsonNode option) {
        JsonNode copy = option.deepCopy();
        paint(copy, false);
        return copy;
    }

    private void paint(JsonNode node, boolean colour) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                boolean named = entry.getKey().toLowerCase(Locale.ROOT).endsWith("color");
                if (named && entry.getValue().isTextual()) {
                    entry.setValue(TextNode.valueOf(lookUp(entry.getValue().textValue())));
                } else {
                    paint(entry.getValue(), named);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (colour && array.get(i).isTextual()) {
                    array.set(i, TextNode.valueOf(lookUp(array.get(i).textValue())));
                } else {
                    paint(array.get(i), false);
                }
            }
        }
    }

    private String lookUp(String name) {
        return colours.getOrDefault(name, name);
    }
}
