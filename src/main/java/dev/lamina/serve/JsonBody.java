package dev.lamina.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON body, read strictly while it comes: whole numbers are in range, no key is twice, and nothing follows the
 * object. Every complaint is a {@link Refusal} that says where. For one thread.
 */
final class JsonBody {

    /** Reads the value of one key, which the body stands before. */
    @FunctionalInterface
    interface Key {
        void read(String key) throws IOException;
    }

    /** Reads one element of an array, which the body stands on. */
    @FunctionalInterface
    interface Element {
        void read() throws IOException;
    }

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNameLength(64)
                    .maxNumberLength(32)
                    .maxStringLength(256)
                    .build())
            .build();

    private final JsonParser parser;

    private JsonBody(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a body that is one object, key by key. */
    static void read(InputStream in, Function<JsonBody, Key> keys) {
        try (JsonParser parser = FACTORY.createParser(in)) {
            JsonBody body = new JsonBody(parser);
            parser.nextToken();
            body.object(keys.apply(body));
            if (parser.nextToken() != null) {
                throw body.wrong("something follows the object", "send one JSON object");
            }
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("not JSON: " + reason(e), where(e.getLocation()), "send one JSON object in UTF-8");
        } catch (IOException e) {
            throw Refusal.badRequest("not JSON: " + e.getMessage(), "the body", "send one JSON object in UTF-8");
        }
    }

    /** Reads the object that the body stands on. */
    void object(Key keys) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("not an object", "write {…} here");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            keys.read(key);
        }
    }

    /** Reads the array that the body stands on. */
    void array(Element elements) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("not an array", "write […] here");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.read();
        }
    }

    /** The whole number that the body stands on. */
    long wholeNumber(String what, long min, long max) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() >= min
                && parser.getLongValue() <= max) {
            return parser.getLongValue();
        }
        throw wrong(what + " is not a whole number from " + min + " to " + max, "write one that is");
    }

    String text(String what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(what + " is not a text", "write \"…\" here");
        }
        return parser.getText();
    }

    boolean flag(String what) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw wrong(what + " is neither true nor false", "write one of them");
        }
        return parser.getBooleanValue();
    }

    Refusal unknown(String key, String known) {
        return wrong("unknown key '" + key + "'", "use " + known);
    }

    /** A complaint about the place where the body stands. */
    Refusal wrong(String what, String mend) {
        return Refusal.badRequest(what, where(parser.currentTokenLocation()), mend);
    }

    /** Some of the parser's messages are about its own options, which are not the client's concern. */
    private static String reason(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "a name, a text or a number is too long, or the nesting too deep";
        }
        return e instanceof JsonEOFException ? "it ends too early" : e.getOriginalMessage();
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null
                ? "the body"
                : "the body, line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
