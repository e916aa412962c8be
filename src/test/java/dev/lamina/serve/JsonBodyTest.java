package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lamina.data.Dataset;
import dev.lamina.data.Split;
import dev.lamina.network.Shape;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that ask for much. */
final class JsonBodyTest {

    private static final ServedData DATA =
            new ServedData(new Dataset("five", new Shape(1, 2, 2), 2, new byte[20], new byte[5]), Split.TEST);
    private static final int TIMES = 1 << 22;
    private static final int ALLOCATED = 1 << 20;

    /** Beginnings, and what they go on with. */
    static Stream<List<String>> endless() {
        return Stream.of(
                List.of("{", " "),
                List.of("{\"", "a"),
                List.of("{\"", "\\u0061"),
                List.of("{\"dataset\": \"", "a"),
                List.of("{\"dataset\": \"", "\\n"),
                List.of("{\"seed\": ", "1"),
                List.of("{\"seed\": -0.", "1"),
                List.of("{\"seed\": 1e", "9"),
                List.of("{\"seed\": ", "t"),
                List.of("{\"seed\": ", "["),
                List.of("", "{\"samples\":"),
                List.of("{\"values\": [", "0,"),
                List.of("{\"samples\": [", "{},"),
                List.of("{\"samples\": [", "{\"values\": [1,2,3,4]},"),
                List.of("{\"seed\": 1}", "\n7"));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void whatGoesOnForeverTakesNoMemory(List<String> text) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            // The first round loads classes.
            long allocated = 0;
            for (int round = 0; round < 2; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                assertThrows(Refusal.class, () -> RunsRequest.read(body(text, charset), DATA, 9));
                SampleBudget budget = new SampleBudget(1024);
                try (SampleBudget.Share share = budget.share()) {
                    assertThrows(Refusal.class, () -> SamplesRequest.read(body(text, charset), 4, 9, share));
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertTrue(allocated < ALLOCATED, allocated + " bytes for " + text + " in " + charset);
        }
    }

    /** Some MiB, without having them. */
    private static InputStream body(List<String> text, Charset charset) {
        byte[] unit = text.get(1).repeat(64).getBytes(charset);
        return new SequenceInputStream(new ByteArrayInputStream(text.get(0).getBytes(charset)), new InputStream() {
            private int left = TIMES;

            @Override
            public int read() {
                return left > 0 ? unit[(TIMES - left--) % unit.length] & 0xff : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = Math.min(length, left);
                for (int i = 0; i < count; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return count == 0 ? -1 : count;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seed\": 1111111111111111111111111111111111111111111111111111111111111111111111111111}",
                "{\"seed\": 1",
                "{\"seed\"",
                "{",
                "{\"an unknown name of more than sixty-four letters, which nobody would ever want to write\": 1}",
                "{\"seed\": [[[[[[[[[[[[1]]]]]]]]]]]]}"
            })
    void complaintsDoNotTellOfTheParsersOptions(String text) {
        Refusal refusal = assertThrows(
                Refusal.class,
                () -> RunsRequest.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), DATA, 9));
        assertEquals(400, refusal.status());
        String message = String.valueOf(refusal.getMessage());
        assertFalse(message.contains("StreamRead"), message);
    }
}
