package dev.lamina.load;

import java.util.Locale;

/**
 * What a process holds.
 *
 * @param resident MB of it that are in memory, -1 where the system does not say
 * @param heap MB of Java's heap after the smallest collection since the last look, -1 if there was none
 * @param threads its threads, -1 where the system does not say
 */
record Memory(long resident, long heap, long threads) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "resident %,d MB, heap after collection %,d MB, %d threads", resident, heap, threads);
    }
}
