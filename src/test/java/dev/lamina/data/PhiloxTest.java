package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PhiloxTest {

    /** The known answers for philox4x32-10 that come with Random123. */
    @Test
    void equalsTheKnownAnswers() {
        assertBlock(0L, words(0, 0, 0, 0), words(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
        assertBlock(-1L, words(-1, -1, -1, -1), words(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
        assertBlock(
                0x299f31d0_a4093822L,
                words(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344),
                words(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
    }

    @Test
    void writesOnlyFourWordsFromTheOffsetOn() {
        int[] out = {7, 7, 0, 0, 0, 0, 7};
        Philox.block(0, 0, 0, 0, 0, out, 2);
        assertArrayEquals(words(7, 7, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8, 7), out);
    }

    @Test
    void drawsAreTheWordsOfTheirOwnBlocksInOrder() {
        Draws draws = new Draws(5, 3, 9);
        int[] words = new int[4];
        for (int i = 0; i < 11; i++) {
            Philox.block(5, 9, 3, i / 4, 0, words, 0);
            assertEquals((words[i % 4] & 0xffffffffL) / 4294967296.0, draws.uniform());
        }
    }

    private static void assertBlock(long key, int[] counter, int[] expected) {
        int[] out = new int[4];
        Philox.block(key, counter[0], counter[1], counter[2], counter[3], out, 0);
        assertArrayEquals(expected, out);
    }

    private static int[] words(int... words) {
        return words;
    }
}
