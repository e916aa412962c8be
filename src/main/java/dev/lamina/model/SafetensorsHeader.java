package dev.lamina.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.collections.api.factory.primitive.LongLists;
import org.eclipse.collections.api.list.primitive.ImmutableLongList;
import org.eclipse.collections.api.list.primitive.MutableLongList;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, checked: the tensors fill the data section from its first byte to its last, without
 * holes or overlaps, and each has the length of its shape.
 *
 * @param entries the tensors in the order of their data
 * @param metadata the string metadata, sorted by key
 */
record SafetensorsHeader(List<Entry> entries, SortedMap<String, String> metadata) {

    /** The key of the string metadata among the tensors. */
    static final String METADATA = "__metadata__";

    /** The longest metadata string; a training history is the longest there is. */
    static final int MAX_STRING = 1 << 20;

    private static final int MAX_NAME = 1 << 10;
    private static final int MAX_DIMENSIONS = 8;

    /** Names are neither interned nor kept: an untrusted file shall not fill tables that outlive it. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(20)
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    /**
     * Where a tensor lies.
     *
     * @param name its name
     * @param dtype how its elements are stored
     * @param shape its dimensions
     * @param begin its first byte in the data section
     * @param end the byte behind its last
     */
    record Entry(String name, Dtype dtype, ImmutableLongList shape, long begin, long end) {}

    /**
     * Parses a header.
     *
     * @param json the header's text
     * @param dataLength the bytes of the data section
     * @throws DamageException if it is not the header of such a data section
     */
    static SafetensorsHeader parse(String json, long dataLength) throws DamageException {
        if (!json.startsWith("{")) {
            throw new DamageException("the header does not begin with a brace");
        }
        List<Entry> entries = new ArrayList<>();
        SortedMap<String, String> metadata = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(METADATA)) {
                    readMetadata(parser, value, metadata);
                } else {
                    entries.add(readEntry(parser, value, name));
                }
            }
            if (parser.nextToken() != null) {
                throw new DamageException("the header goes on behind its end");
            }
        } catch (IOException e) {
            // Jackson's message goes on in further lines about its own sources.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new DamageException("the header is not JSON: " + Shorten.text(reason), e);
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        checkLayout(entries, dataLength);
        return new SafetensorsHeader(entries, metadata);
    }

    /**
     * The number of elements of a shape.
     *
     * @throws ArithmeticException if it has more than 2⁶³ − 1
     */
    static long elements(ImmutableLongList shape) {
        return shape.injectInto(1L, Math::multiplyExact);
    }

    private static void checkLayout(List<Entry> entries, long dataLength) throws DamageException {
        long next = 0;
        for (Entry entry : entries) {
            String tensor = tensor(entry.name());
            if (entry.begin() != next || entry.end() < entry.begin() || entry.end() > dataLength) {
                throw new DamageException(tensor + " lies at bytes " + entry.begin() + " to " + entry.end()
                        + ", which must begin at " + next + " and end within the " + dataLength + " bytes of data");
            }
            if (bytes(entry) != entry.end() - entry.begin()) {
                throw new DamageException(tensor + " has " + (entry.end() - entry.begin())
                        + " bytes, which is not what " + entry.dtype() + " of the shape " + entry.shape() + " takes");
            }
            next = entry.end();
        }
        if (next != dataLength) {
            throw new DamageException("the tensors end at byte " + next + " of " + dataLength + " bytes of data");
        }
    }

    /** The bytes that a tensor takes, or -1 if they are too many to count. */
    private static long bytes(Entry entry) {
        try {
            return Math.multiplyExact(elements(entry.shape()), entry.dtype().bytes());
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private static void readMetadata(JsonParser parser, JsonToken value, SortedMap<String, String> metadata)
            throws IOException, DamageException {
        expect(value, JsonToken.START_OBJECT, METADATA);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser.nextToken(), JsonToken.VALUE_STRING, "the metadata '" + Shorten.text(key) + "'");
            metadata.put(key, parser.getText());
        }
    }

    private static Entry readEntry(JsonParser parser, JsonToken value, String name)
            throws IOException, DamageException {
        String tensor = tensor(name);
        expect(value, JsonToken.START_OBJECT, tensor);
        Optional<Dtype> dtype = Optional.empty();
        Optional<ImmutableLongList> shape = Optional.empty();
        Optional<ImmutableLongList> offsets = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(token, JsonToken.VALUE_STRING, "the dtype of " + tensor);
                    dtype = Optional.of(dtype(parser.getText(), tensor));
                }
                case "shape" -> shape = Optional.of(readNumbers(parser, token, "the shape of " + tensor));
                case "data_offsets" -> offsets = Optional.of(readNumbers(parser, token, "the offsets of " + tensor));
                default -> throw new DamageException(tensor + " has the unknown key '" + Shorten.text(key) + "'");
            }
        }
        if (dtype.isEmpty()
                || shape.isEmpty()
                || offsets.isEmpty()
                || offsets.get().size() != 2) {
            throw new DamageException(tensor + " does not have a dtype, a shape and two data_offsets");
        }
        return new Entry(
                name,
                dtype.get(),
                shape.get(),
                offsets.get().get(0),
                offsets.get().get(1));
    }

    private static Dtype dtype(String text, String tensor) throws DamageException {
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw new DamageException(
                tensor + " has the dtype " + Shorten.text(text) + ", which is neither F32 nor F16",
                "save it as float32 or float16");
    }

    private static ImmutableLongList readNumbers(JsonParser parser, JsonToken value, String what)
            throws IOException, DamageException {
        expect(value, JsonToken.START_ARRAY, what);
        MutableLongList numbers = LongLists.mutable.empty();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token, JsonToken.VALUE_NUMBER_INT, what);
            numbers.add(parser.getLongValue());
            if (numbers.getLast() < 0) {
                throw new DamageException(what + " has the negative number " + numbers.getLast());
            }
            if (numbers.size() > MAX_DIMENSIONS) {
                throw new DamageException(what + " has more than " + MAX_DIMENSIONS + " numbers");
            }
        }
        return numbers.toImmutable();
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected, String what) throws DamageException {
        if (token != expected) {
            throw new DamageException(what + " is not "
                    + switch (expected) {
                        case START_OBJECT -> "a JSON object";
                        case START_ARRAY -> "a list of whole numbers";
                        case VALUE_NUMBER_INT -> "a list of whole numbers";
                        default -> "a string";
                    });
        }
    }

    private static String tensor(String name) {
        return "tensor '" + Shorten.text(name) + "'";
    }
}
