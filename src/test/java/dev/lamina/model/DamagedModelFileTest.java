package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lamina.Seeds;
import dev.lamina.io.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that lost their end or a few bytes: a complaint of one line or a whole model, never anything else. */
final class DamagedModelFileTest {

    static LongStream seeds() {
        return Seeds.of(10);
    }

    @Test
    void everyTruncationOfASmallFileIsRefused() {
        byte[] bytes = new TinyFile().bytes();
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void truncatedFileIsRefused(long seed) {
        byte[] bytes = RandomModelFiles.bytes(RandomModelFiles.spiking(seed));
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            assertRefused(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void changedByteIsRefusedOrAnotherModel(long seed) {
        byte[] bytes = RandomModelFiles.bytes(RandomModelFiles.spiking(seed));
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = bytes.clone();
            int position = random.nextInt(round % 2 == 0 ? headerEnd(bytes) : bytes.length);
            damaged[position] ^= (byte) (1 + random.nextInt(255));
            assertRefusedOrRead(damaged, "byte " + position);
        }
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void shuffledHeaderIsRefusedOrAnotherModel(long seed) {
        byte[] bytes = new TinyFile().bytes();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = bytes.clone();
            int length = 1 + random.nextInt(30);
            int from = 8 + random.nextInt(headerEnd(bytes) - 8 - length);
            int to = 8 + random.nextInt(headerEnd(bytes) - 8 - length);
            System.arraycopy(bytes, from, damaged, to, length);
            assertRefusedOrRead(damaged, length + " bytes from " + from + " to " + to);
        }
    }

    private static int headerEnd(byte[] bytes) {
        return 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static void assertRefused(byte[] bytes) {
        TinyFile.assertOneLine(assertThrows(InputException.class, () -> ModelFile.parse(bytes, "damaged")));
    }

    /** What is accepted must be whole: it can be written, and reads back. */
    private static void assertRefusedOrRead(byte[] bytes, String damage) {
        Model model;
        try {
            model = ModelFile.parse(bytes, "damaged");
        } catch (InputException e) {
            TinyFile.assertOneLine(e);
            return;
        } catch (Throwable e) {
            fail(damage, e);
            return;
        }
        RandomModelFiles.assertEqualModels(model, ModelFile.parse(RandomModelFiles.bytes(model), damage));
    }
}
