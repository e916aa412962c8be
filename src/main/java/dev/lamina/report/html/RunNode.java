package dev.lamina.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.lamina.io.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A place in a run's JSON document, which knows where it is. What is absent or null is empty; what is of another kind than was
 * asked for is complained about in one line that names its place.
 */
final class RunNode {

    private final JsonNode node;
    private final String source;
    private final String path;

    private RunNode(JsonNode node, String source, String path) {
        this.node = node;
        this.source = source;
        this.path = path;
    }

    /**
     * The document.
     *
     * @param source what complaints call it
     * @throws InputException if it is not an object
     */
    static RunNode root(JsonNode document, String source) {
        RunNode root = new RunNode(document, source, "");
        if (!document.isObject()) {
            throw root.complaint("", "is not an object");
        }
        return root;
    }

    /** What complaints call the document. */
    String source() {
        return source;
    }

    /** Whether the key is there and not null. */
    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The object under a key. */
    Optional<RunNode> object(String key) {
        return has(key) ? Optional.of(child(key, JsonNodeType.OBJECT, "is not an object")) : Optional.empty();
    }

    /** The objects of the list under a key; none if it is absent. */
    List<RunNode> objects(String key) {
        List<RunNode> objects = new ArrayList<>();
        for (RunNode item : items(key)) {
            if (!item.node.isObject()) {
                throw item.complaint("", "is not an object");
            }
            objects.add(item);
        }
        return objects;
    }

    /** The keys of this object, in order. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The text under a key. */
    String text(String key) {
        return child(key, JsonNodeType.STRING, "is not a text").node.textValue();
    }

    /** The text under a key, if there is one. */
    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /** The texts of the list under a key; none if it is absent. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (RunNode item : items(key)) {
            if (!item.node.isTextual()) {
                throw item.complaint("", "is not a text");
            }
            texts.add(item.node.textValue());
        }
        return texts;
    }

    /** The finite number under a key. */
    double number(String key) {
        RunNode child = child(key, JsonNodeType.NUMBER, "is not a number");
        if (!Double.isFinite(child.node.doubleValue())) {
            throw complaint(key, "is not a finite number");
        }
        return child.node.doubleValue();
    }

    /** The finite number under a key, if there is one. */
    OptionalDouble optionalNumber(String key) {
        return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
    }

    /** The finite number under a key, or {@code otherwise}. */
    double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    /** The whole number under a key, 0 or more. */
    long count(String key) {
        RunNode child = child(key, JsonNodeType.NUMBER, "is not a number");
        if (!child.node.canConvertToExactIntegral() || !child.node.canConvertToLong() || child.node.longValue() < 0) {
            throw complaint(key, "is not a whole number from 0 on");
        }
        return child.node.longValue();
    }

    /** The whole number under a key, 0 or more, or {@code otherwise}. */
    long count(String key, long otherwise) {
        return has(key) ? count(key) : otherwise;
    }

    /** The finite numbers of the list under a key; none if it is absent. */
    double[] numbers(String key) {
        return numbers(items(key));
    }

    /** The lists of finite numbers in the list under a key; none if it is absent. */
    List<double[]> rows(String key) {
        List<double[]> rows = new ArrayList<>();
        for (RunNode item : items(key)) {
            rows.add(numbers(item.elements()));
        }
        return rows;
    }

    /** A complaint about what stands under a key of this object, or about itself if the key is empty. */
    InputException complaint(String key, String what) {
        String place = key.isEmpty() ? path : path.isEmpty() ? key : path + "." + key;
        return InputException.file(
                (place.isEmpty() ? "the document" : "'" + place + "'") + " " + what,
                source,
                "give the run.json of 'simulate --report', unchanged");
    }

    private RunNode child(String key, JsonNodeType type, String otherwise) {
        if (!has(key)) {
            throw complaint(key, "is missing");
        }
        JsonNode child = node.get(key);
        if (child.getNodeType() != type) {
            throw complaint(key, otherwise);
        }
        return new RunNode(child, source, path.isEmpty() ? key : path + "." + key);
    }

    private List<RunNode> items(String key) {
        return has(key) ? child(key, JsonNodeType.ARRAY, "is not a list").elements() : List.of();
    }

    private List<RunNode> elements() {
        if (!node.isArray()) {
            throw complaint("", "is not a list");
        }
        List<RunNode> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new RunNode(node.get(i), source, String.format(Locale.ROOT, "%s[%d]", path, i)));
        }
        return elements;
    }

    private static double[] numbers(List<RunNode> items) {
        double[] numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            RunNode item = items.get(i);
            if (!item.node.isNumber() || !Double.isFinite(item.node.doubleValue())) {
                throw item.complaint("", "is not a finite number");
            }
            numbers[i] = item.node.doubleValue();
        }
        return numbers;
    }
}
