package dev.lamina.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Trees of chart options: from program text, from numbers, and as text that may stand inside a script element. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private Json() {}

    /** A tree as JavaScript writes it: single quotes, and keys without quotes. For text of the program only. */
    static ObjectNode of(String literal) {
        try {
            return (ObjectNode) MAPPER.readTree(literal);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a literal: " + literal, e);
        }
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    /** A list of numbers, whole ones without a decimal point. */
    static ArrayNode numbers(double... numbers) {
        ArrayNode array = array();
        for (double number : numbers) {
            add(array, number);
        }
        return array;
    }

    /** Points, as series of charts take them. */
    static ArrayNode points(double[] x, double[] y) {
        ArrayNode points = array();
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            points.add(numbers(x[i], y[i]));
        }
        return points;
    }

    private static void add(ArrayNode array, double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            array.add((long) number);
        } else {
            array.add(number);
        }
    }

    /**
     * The tree's text. It can stand inside a script element: no {@code <} is in it, so neither the end of a script nor a
     * comment, and none of the two line ends that JSON allows in texts and older JavaScript does not.
     */
    static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree)
                    .replace("<", "\\u003c")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts can be written", e);
        }
    }
}
