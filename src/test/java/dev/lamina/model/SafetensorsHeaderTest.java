package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Headers made by hand: what is not the header of exactly these data is refused, before memory is taken for it. */
final class SafetensorsHeaderTest {

    private static final byte[] NOTHING = {};

    private final TinyFile tiny = new TinyFile();
    private final String header = tiny.header();

    @Test
    void handMadeFileIsReadable() {
        SpikingModel model = (SpikingModel) tiny.read();
        assertEquals(8, model.weights().tensor(0).length);
        assertEquals(-6, model.weights().tensor(1)[5]);
        assertTrue(ModelFile.parse(tiny.bytes(header + "   "), "tiny") instanceof SpikingModel);
    }

    @Test
    void headerLengthThatCannotBeIsRefused() {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        int rest = json.length + tiny.data().length;
        for (long length : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, rest + 1, 1L << 32, 1 << 24}) {
            TinyFile.assertRefused(
                    "not a safetensors file: it has " + (rest + 8) + " bytes, but its header would have "
                            + Long.toUnsignedString(length) + ": tiny: ",
                    TinyFile.bytes(length, json, tiny.data()));
        }
        TinyFile.assertRefused("the header is not JSON", TinyFile.bytes(json.length - 1, json, tiny.data()));
        TinyFile.assertRefused("the header", TinyFile.bytes(json.length + 1, json, tiny.data()));
        for (int size = 0; size < 8; size++) {
            TinyFile.assertRefused("a file of " + size + " bytes is not a safetensors file", new byte[size]);
        }
        TinyFile.assertRefused("not a safetensors file", TinyFile.bytes(0, NOTHING, NOTHING));
    }

    @Test
    void headerLongerThanAnyModelTakesIsRefused() {
        byte[] json = " ".repeat((1 << 24) + 1).getBytes(StandardCharsets.UTF_8);
        TinyFile.assertRefused("not a safetensors file", TinyFile.bytes(json.length, json, NOTHING));
    }

    @Test
    void headerThatIsNotAnObjectOfJsonIsRefused() {
        for (String text : new String[] {"[]", "  ", "\"\"", "nul", "12", " {}", "\ufeff{}"}) {
            TinyFile.assertRefused("the header does not begin with a brace", tiny.bytes(text));
        }
        for (String text :
                new String[] {"{]", "{\"a\"", "{\"a\":", "{'a':1}", "{a:1}", "{\"a\":{\"dtype\":tru", "{,}"}) {
            TinyFile.assertRefused("the header is not JSON", tiny.bytes(text));
        }
        TinyFile.assertRefused("the header goes on behind its end", tiny.bytes(header + "{}"));
        TinyFile.assertRefused("the header is not JSON", tiny.bytes(header + "x"));
        TinyFile.assertRefused("the header is not JSON", tiny.bytes(header + "\u0000"));
        byte[] notUtf8 = {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'};
        TinyFile.assertRefused("the header is not UTF-8", TinyFile.bytes(notUtf8.length, notUtf8, NOTHING));
    }

    @Test
    void valuesOfOtherTypesAreRefused() {
        Map<String, String> complaints = new TreeMap<>(Map.of(
                "{\"t\":1}", "tensor 't' is not a JSON object",
                "{\"t\":null}", "tensor 't' is not a JSON object",
                "{\"__metadata__\":[]}", "__metadata__ is not a JSON object",
                "{\"__metadata__\":{\"a\":1}}", "the metadata 'a' is not a string",
                "{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}", "the metadata 'a' is not a string",
                "{\"t\":{\"dtype\":32}}", "the dtype of tensor 't' is not a string",
                "{\"t\":{\"shape\":3}}", "the shape of tensor 't' is not a list of whole numbers",
                "{\"t\":{\"shape\":[1.5]}}", "the shape of tensor 't' is not a list of whole numbers",
                "{\"t\":{\"shape\":[\"1\"]}}", "the shape of tensor 't' is not a list of whole numbers",
                "{\"t\":{\"shape\":[[1]]}}", "the shape of tensor 't' is not a list of whole numbers"));
        complaints.put("{\"t\":{\"shape\":[-1]}}", "the shape of tensor 't' has the negative number -1");
        complaints.put("{\"t\":{\"shape\":[1,1,1,1,1,1,1,1,1]}}", "the shape of tensor 't' has more than 8 numbers");
        complaints.put("{\"t\":{\"shape\":[9223372036854775808]}}", "the header is not JSON");
        complaints.put("{\"t\":{\"shape\":[" + "9".repeat(1_000) + "]}}", "the header is not JSON");
        complaints.put("{\"t\":{\"strides\":[1]}}", "tensor 't' has the unknown key 'strides'");
        complaints.put("{\"t\":{}}", "tensor 't' does not have a dtype, a shape and two data_offsets");
        complaints.put("{\"t\":{\"dtype\":\"F32\",\"shape\":[]}}", "tensor 't' does not have a dtype");
        complaints.put("{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", "tensor 't' does not have a dtype");
        complaints.put(
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}}", "tensor 't' does not have a dtype");
        complaints.put(
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4,8]}}",
                "tensor 't' does not have a dtype");
        complaints.forEach((json, complaint) -> TinyFile.assertRefused(complaint, tiny.bytes(json)));
    }

    @Test
    void duplicateKeysAreRefused() {
        for (String twice : new String[] {
            header.replace("out.weight", "c.weight"),
            header.replace("lamina.seed", "lamina.kind"),
            header.replace("{\"dtype\":\"F32\"", "{\"dtype\":\"F32\",\"dtype\":\"F32\""),
            header.replace("\"c.weight\"", "\"__metadata__\":{},\"c.weight\"")
        }) {
            TinyFile.assertRefused("the header is not JSON: Duplicate field", tiny.bytes(twice));
        }
    }

    @Test
    void nestingAndLengthsAreLimited() {
        for (String open : new String[] {"{\"a\":", "{\"__metadata__\":", "["}) {
            TinyFile.assertRefused("", tiny.bytes("{\"a\":" + open.repeat(100_000)));
        }
        TinyFile.assertRefused("the header is not JSON", tiny.bytes("{\"" + "x".repeat(100_000) + "\":1}"));
        TinyFile.assertRefused(
                "the header is not JSON",
                tiny.bytes("{\"__metadata__\":{\"a\":\"" + "x".repeat((1 << 20) + 1) + "\"}}"));
    }

    @Test
    void offsetsMustFillTheData() {
        assertEquals(32 + 4 + 24, tiny.data().length);
        assertOffsets("overlap", "[32,36]", "[28,32]", "tensor 'c.threshold' lies at bytes 28 to 32, which must begin");
        assertOffsets("gap", "[32,36]", "[33,37]", "tensor 'c.threshold' lies at bytes 33 to 37");
        assertOffsets("backwards", "[36,60]", "[36,12]", "tensor 'out.weight' lies at bytes 36 to 12");
        assertOffsets("past the end", "[36,60]", "[36,64]", "tensor 'out.weight' lies at bytes 36 to 64");
        assertOffsets("too early an end", "[36,60]", "[36,56]", "tensor 'out.weight' has 20 bytes, which is not what");
        assertOffsets("not at the begin", "[0,32]", "[4,32]", "tensor 'c.weight' lies at bytes 4 to 32");
        assertOffsets("huge", "[36,60]", "[36,9223372036854775807]", "tensor 'out.weight' lies at bytes 36 to 9223");
        assertOffsets("negative", "[0,32]", "[-4,32]", "the offsets of tensor 'c.weight' has the negative number -4");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        TinyFile.assertRefused(
                "the tensors end at byte 60 of 61 bytes of data", TinyFile.bytes(json.length, json, new byte[61]));
        TinyFile.assertRefused(
                "tensor 'out.weight' lies at bytes 36 to 60", TinyFile.bytes(json.length, json, new byte[59]));
    }

    private void assertOffsets(String what, String right, String wrong, String complaint) {
        assertTrue(header.contains(right), what);
        TinyFile.assertRefused(complaint, tiny.bytes(header.replace(right, wrong)));
    }

    @Test
    void tensorsMayBeListedInAnyOrder() {
        int weight = header.indexOf("\"c.weight\"");
        int threshold = header.indexOf("\"c.threshold\"");
        int out = header.indexOf("\"out.weight\"");
        String reordered = header.substring(0, weight)
                + header.substring(out, header.length() - 1)
                + ","
                + header.substring(threshold, out)
                + header.substring(weight, threshold - 1)
                + "}";
        RandomModelFiles.assertEqualModels(tiny.read(), ModelFile.parse(tiny.bytes(reordered), "reordered"));
    }

    @Test
    void lengthMustBeThatOfTypeAndShape() {
        String complaint = "tensor 'c.weight' has 32 bytes, which is not what F32 of the shape ";
        for (String shape : new String[] {
            "[2,1,2,1]",
            "[]",
            "[0]",
            "[1099511627776]",
            "[4294967296,4294967296]",
            "[9223372036854775807,2]",
            "[9223372036854775807,9223372036854775807,0]",
            "[4611686018427387906]",
            "[24,768614336404564651]"
        }) {
            TinyFile.assertRefused(complaint, tiny.bytes(header.replace("[2,1,2,2]", shape)));
        }
        TinyFile.assertRefused(
                "tensor 'c.weight' has 32 bytes, which is not what F16 of the shape [2, 1, 2, 2] takes",
                tiny.bytes(header.replaceFirst("F32", "F16")));
        TinyFile.assertRefused(
                "tensor 'c.weight' has the dtype F64, which is neither F32 nor F16: tiny: save it as float32 or float16",
                tiny.bytes(header.replaceFirst("F32", "F64")));
        for (String dtype : new String[] {"F64", "BF16", "I32", "F8_E4M3", "f32", "", "x".repeat(10_000)}) {
            TinyFile.assertRefused(
                    "tensor 'c.weight' has the dtype " + dtype.substring(0, Math.min(dtype.length(), 200)),
                    tiny.bytes(header.replaceFirst("F32", dtype)));
        }
    }

    /** Claims of up to 4 TiB, all of them possible networks or tensors, in files of less than 3 KiB. */
    @Test
    void takesNoMemoryForWhatIsNotThere() {
        byte[] claimed =
                tiny.bytes(header.replace("[2,1,2,2]", "[1099511627776]").replace("[0,32]", "[0,4398046511104]"));
        byte[] json = header.replace("outputs = 3", "outputs = 67108864")
                .replace("[3,2]", "[67108864,2]")
                .replace("[36,60]", "[36,536870948]")
                .getBytes(StandardCharsets.UTF_8);
        byte[] network = TinyFile.bytes(json.length, json, tiny.data());
        byte[] wide = tiny.meta("network", """
                name = wide
                input { channels = 1, height = 1, width = 1 }
                layers = [ { name = c, type = linear, outputs = 134217728 }, { name = out, type = linear, outputs = 1 } ]
                """).bytes();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TinyFile.assertRefused("", claimed);
        long before = thread.getCurrentThreadAllocatedBytes();
        TinyFile.assertRefused("tensor 'c.weight' lies at bytes 0 to 4398046511104", claimed);
        TinyFile.assertRefused("tensor 'out.weight' lies at bytes 36 to 536870948", network);
        TinyFile.assertRefused("layer 'c' takes weights of the shape [134217728, 1]", wide);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 16 << 20, allocated + " bytes");
    }
}
