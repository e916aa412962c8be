package dev.lamina.train;

import dev.lamina.data.Philox;
import java.util.Random;

/**
 * The independent streams of random numbers of a training. Each is a pure function of (seed, index), so that a resumed
 * training draws what an undisturbed one does.
 */
enum RandomStream {
    /** Start weights, by layer. */
    WEIGHTS(0),
    /** The validation samples, index 0. */
    VALIDATION(1),
    /** The order of the training samples, by epoch. */
    ORDER(2),
    /** Shifts and flips, by batch. */
    AUGMENTATION(3),
    /** Dropout masks, by batch. */
    DROPOUT(4),
    /** Input events of a spiking training, by batch. */
    ENCODER(5);

    /** The stream's word of the counter; it must not change, or resumed trainings would. */
    private final int word;

    RandomStream(int word) {
        this.word = word;
    }

    /** The seed of this stream's generator number {@code index}. */
    long seed(long seed, int index) {
        int[] words = new int[4];
        Philox.block(seed, index, word, 0, 0, words, 0);
        return ((long) words[0] << 32) | (words[1] & 0xffffffffL);
    }

    /** This stream's generator number {@code index}; its algorithm is part of the Java platform's specification. */
    Random random(long seed, int index) {
        return new Random(seed(seed, index));
    }

    /** The numbers from 0 (inclusive) to {@code size} (exclusive) in a random order (Fisher and Yates). */
    int[] permutation(long seed, int index, int size) {
        Random random = random(seed, index);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
