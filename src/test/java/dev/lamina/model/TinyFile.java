package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.io.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of a small spiking network, put together by hand and spoiled at will: a convolution of two channels with
 * four weights each, a threshold, and a linear readout of three classes.
 */
final class TinyFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Item(String name, String dtype, long[] shape, byte[] data) {}

    private final Map<String, String> metadata = new TreeMap<>(Map.ofEntries(
            Map.entry("format", "pt"),
            Map.entry("lamina.format_version", "1"),
            Map.entry("lamina.kind", "spiking"),
            Map.entry("lamina.network", """
                    name = tiny
                    input { channels = 1, height = 2, width = 2 }
                    layers = [
                      { name = c, type = conv, channels = 2, kernel = 2 }
                      { name = out, type = linear, outputs = 3 }
                    ]
                    """),
            Map.entry("lamina.preprocessing", "padding = 1, mean = 0.5, deviation = 0.25"),
            Map.entry("lamina.dataset", "none"),
            Map.entry("lamina.seed", "-7"),
            Map.entry("lamina.history", "trained\nconverted\n"),
            Map.entry("lamina.conversion", "scale = 0.7, percentile = 99.9, timesteps = 20, samples = 100"),
            Map.entry("lamina.leak", "0.5"),
            Map.entry("lamina.reset", "hard"),
            Map.entry("lamina.propagation", "next-step"),
            Map.entry("lamina.encoder", "unsigned-poisson"),
            Map.entry("lamina.timesteps", "20")));
    private final List<Item> items = new ArrayList<>();

    TinyFile() {
        tensor("c.weight", new long[] {2, 1, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8);
        tensor("c.threshold", new long[] {1}, 1.5f);
        tensor("out.weight", new long[] {3, 2}, -1, -2, -3, -4, -5, -6);
    }

    /** The same network without what makes it spike. */
    TinyFile ann() {
        for (String key : List.of("leak", "reset", "propagation", "encoder", "timesteps", "conversion")) {
            metadata.remove("lamina." + key);
        }
        return meta("kind", "ann").without("c.threshold");
    }

    TinyFile meta(String key, String value) {
        metadata.put("lamina." + key, value);
        return this;
    }

    TinyFile withoutMeta(String key) {
        metadata.remove("lamina." + key);
        return this;
    }

    TinyFile foreignMeta(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    TinyFile without(String tensor) {
        items.removeIf(item -> item.name().equals(tensor));
        return this;
    }

    TinyFile tensor(String name, long[] shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return raw(name, "F32", shape, data.array());
    }

    /** A tensor, in place of one of the same name or behind the others. */
    TinyFile raw(String name, String dtype, long[] shape, byte[] data) {
        Item item = new Item(name, dtype, shape, data);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).name().equals(name)) {
                items.set(i, item);
                return this;
            }
        }
        items.add(item);
        return this;
    }

    String header() {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode strings = header.putObject("__metadata__");
        metadata.forEach(strings::put);
        long offset = 0;
        for (Item item : items) {
            ObjectNode entry = header.putObject(item.name()).put("dtype", item.dtype());
            for (long extent : item.shape()) {
                entry.withArray("shape").add(extent);
            }
            if (item.shape().length == 0) {
                entry.putArray("shape");
            }
            entry.putArray("data_offsets").add(offset).add(offset + item.data().length);
            offset += item.data().length;
        }
        return header.toString();
    }

    byte[] data() {
        ByteBuffer data = ByteBuffer.allocate(1 << 10);
        items.forEach(item -> data.put(item.data()));
        byte[] used = new byte[data.position()];
        data.flip().get(used);
        return used;
    }

    byte[] bytes() {
        return bytes(header());
    }

    /** The file with another header before the same data. */
    byte[] bytes(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return bytes(json.length, json, data());
    }

    static byte[] bytes(long headerLength, byte[] header, byte[] data) {
        return ByteBuffer.allocate(8 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(header)
                .put(data)
                .array();
    }

    Model read() {
        return ModelFile.parse(bytes(), "tiny");
    }

    void assertRefused(String start) {
        assertRefused(start, bytes());
    }

    static void assertRefused(String start, byte[] bytes) {
        InputException e = assertThrows(InputException.class, () -> ModelFile.parse(bytes, "tiny"));
        assertOneLine(e);
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }

    static void assertOneLine(InputException e) {
        assertEquals(InputException.Kind.FILE, e.kind());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertTrue(e.getMessage().length() < 1_000, e.getMessage());
    }
}
