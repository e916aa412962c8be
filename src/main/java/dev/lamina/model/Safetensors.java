package dev.lamina.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The safetensors container: eight bytes with the length of the header, little-endian; the header, JSON that says where
 * each tensor lies; and the tensors, one behind the other.
 *
 * <p>Reading is one pass over a stream, and nothing is allocated that is longer than the stream is known to be. What is
 * written depends on the content alone, byte for byte: tensors are sorted by width and name, metadata by name, and the header is
 * filled with spaces so that the data is aligned to eight bytes.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class Safetensors {

    /** Far more than a thousand layers take. */
    static final int MAX_HEADER = 1 << 24;

    private static final int PREFIX = Long.BYTES;
    private static final int ALIGNMENT = 8;
    private static final int BLOCK = 1 << 16;

    private Safetensors() {}

    /**
     * Reads and checks the header; the stream then stands at the first tensor.
     *
     * @param size the bytes of the whole file
     * @throws DamageException if it is not the header of a safetensors file of that size
     */
    static SafetensorsHeader readHeader(InputStream in, long size) throws IOException, DamageException {
        if (size < PREFIX) {
            throw new DamageException("a file of " + size + " bytes is not a safetensors file");
        }
        long length = little(readBlock(in, PREFIX)).getLong();
        if (length < 2 || length > size - PREFIX || length > MAX_HEADER) {
            throw new DamageException("not a safetensors file: it has " + size + " bytes, but its header would have "
                    + Long.toUnsignedString(length));
        }
        byte[] header = readBlock(in, (int) length);
        try {
            // A fresh decoder reports what the String constructor would replace.
            String json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            return SafetensorsHeader.parse(json, size - PREFIX - length);
        } catch (CharacterCodingException e) {
            throw new DamageException("the header is not UTF-8", e);
        }
    }

    /** Reads the next tensor, widened to 32 bits. */
    static float[] readTensor(InputStream in, SafetensorsHeader.Entry entry) throws IOException, DamageException {
        long elements = SafetensorsHeader.elements(entry.shape());
        float[] values = allocate(entry.name(), elements);
        int bytes = entry.dtype().bytes();
        for (int begin = 0; begin < values.length; begin += BLOCK / bytes) {
            int count = Math.min(BLOCK / bytes, values.length - begin);
            ByteBuffer block = little(readBlock(in, count * bytes));
            switch (entry.dtype()) {
                case F32 -> block.asFloatBuffer().get(values, begin, count);
                case F16 -> {
                    for (int i = 0; i < count; i++) {
                        values[begin + i] = Float16.toFloat(block.getShort());
                    }
                }
            }
        }
        return values;
    }

    /** Writes a file. */
    static void write(OutputStream out, List<Tensor> tensors, SortedMap<String, String> metadata) throws IOException {
        // The wide ones first, as other writers have them: each then lies at a multiple of its width.
        List<Tensor> sorted = tensors.stream()
                .sorted(Comparator.comparing((Tensor tensor) -> -tensor.dtype().bytes())
                        .thenComparing(Tensor::name))
                .toList();
        byte[] json = header(sorted, metadata).getBytes(StandardCharsets.UTF_8);
        int padding = Math.floorMod(-json.length, ALIGNMENT);
        if (json.length + padding > MAX_HEADER) {
            throw new IllegalArgumentException("a header of " + json.length + " bytes is too long");
        }
        out.write(little(new byte[PREFIX]).putLong(json.length + padding).array());
        out.write(json);
        out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        for (Tensor tensor : sorted) {
            writeValues(out, tensor);
        }
    }

    private static String header(List<Tensor> sorted, SortedMap<String, String> metadata) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart(SafetensorsHeader.METADATA);
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            long offset = 0;
            for (Tensor tensor : sorted) {
                long end =
                        offset + (long) tensor.values().length * tensor.dtype().bytes();
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", tensor.dtype().name());
                writeNumbers(json, "shape", tensor.shape().toArray());
                writeNumbers(json, "data_offsets", offset, end);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeNumbers(JsonGenerator json, String key, long... numbers) throws IOException {
        json.writeFieldName(key);
        json.writeArray(numbers, 0, numbers.length);
    }

    private static void writeValues(OutputStream out, Tensor tensor) throws IOException {
        float[] values = tensor.values();
        int bytes = tensor.dtype().bytes();
        byte[] block = new byte[BLOCK];
        for (int begin = 0; begin < values.length; begin += BLOCK / bytes) {
            int count = Math.min(BLOCK / bytes, values.length - begin);
            ByteBuffer buffer = little(block);
            switch (tensor.dtype()) {
                case F32 -> buffer.asFloatBuffer().put(values, begin, count);
                case F16 -> {
                    for (int i = 0; i < count; i++) {
                        buffer.putShort(Float16.of(values[begin + i]));
                    }
                }
            }
            out.write(block, 0, count * bytes);
        }
    }

    private static float[] allocate(String name, long elements) throws DamageException {
        try {
            return new float[Math.toIntExact(elements)];
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw new DamageException(
                    "tensor '" + Shorten.text(name) + "' of " + elements + " elements does not fit into memory",
                    "give the program more memory (java -Xmx)");
        }
    }

    private static byte[] readBlock(InputStream in, int length) throws IOException, DamageException {
        byte[] block = in.readNBytes(length);
        if (block.length < length) {
            throw new DamageException("the file ends too early");
        }
        return block;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
