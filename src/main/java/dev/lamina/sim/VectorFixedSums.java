package dev.lamina.sim;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/*
 * A lane of 32 bits holds two neighbours of 16. Shifts widen the lower and the upper ones into a vector each, and put them
 * together again: the Vector API's conversions between shapes are boxed on JDK 17. Only these two methods know the order.
 */
/** Moves between 16 and 32 bits. */
final class VectorFixedSums {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    private VectorFixedSums() {}

    static void widen(short[] part, int[] sums, int width) {
        for (int i = 0; i < width; i += 2 * LANES) {
            IntVector pairs = ShortVector.fromArray(SHORTS, part, i).reinterpretAsInts();
            IntVector lower =
                    pairs.lanewise(VectorOperators.LSHL, Short.SIZE).lanewise(VectorOperators.ASHR, Short.SIZE);
            IntVector upper = pairs.lanewise(VectorOperators.ASHR, Short.SIZE);
            IntVector.fromArray(INTS, sums, i).add(lower).intoArray(sums, i);
            IntVector.fromArray(INTS, sums, i + LANES).add(upper).intoArray(sums, i + LANES);
        }
    }

    static void addSaturated(int[] sums, short[] u, int offset, int width, int limit) {
        for (int i = 0; i < width; i += 2 * LANES) {
            IntVector pairs = ShortVector.fromArray(SHORTS, u, offset + i).reinterpretAsInts();
            IntVector lower =
                    pairs.lanewise(VectorOperators.LSHL, Short.SIZE).lanewise(VectorOperators.ASHR, Short.SIZE);
            IntVector upper = pairs.lanewise(VectorOperators.ASHR, Short.SIZE);
            lower = lower.add(IntVector.fromArray(INTS, sums, i)).min(limit).max(-limit);
            upper = upper.add(IntVector.fromArray(INTS, sums, i + LANES))
                    .min(limit)
                    .max(-limit);
            lower.and(0xffff)
                    .or(upper.lanewise(VectorOperators.LSHL, Short.SIZE))
                    .reinterpretAsShorts()
                    .intoArray(u, offset + i);
        }
    }
}
