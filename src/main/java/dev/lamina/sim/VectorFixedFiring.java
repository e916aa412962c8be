package dev.lamina.sim;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/*
 * As VectorFiring. A lane of 16 bits has room for the bits of 16 neurons only, so 32 neurons belong together: two of them, i
 * and i + 16, share a lane of 32 bits, whose upper and lower half give bits 16 apart.
 */
/** Ends time steps of neurons in fixed point: which of them fire, and what remains of their potentials. */
final class VectorFixedFiring {

    /** The neurons that belong together. */
    static final int GROUP = Integer.SIZE;

    private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** By vector of a group: in each half of a lane the bit of its neuron. */
    private static final IntVector[] BITS = new IntVector[Math.max(1, GROUP / LANES)];

    private static final IntVector BITS_0;

    static {
        for (int i = 0; i < BITS.length; i++) {
            IntVector lane = IntVector.zero(INTS).addIndex(1).add(i * LANES / 2);
            BITS[i] = IntVector.broadcast(INTS, 1 | 1 << Short.SIZE).lanewise(VectorOperators.LSHL, lane);
        }
        BITS_0 = BITS[0];
    }

    private VectorFixedFiring() {}

    /** Where the neurons of a group lie. */
    static LaneOrder order() {
        int[] places = new int[GROUP];
        for (int i = 0; i < Short.SIZE; i++) {
            places[i] = 2 * i;
            places[i + Short.SIZE] = 2 * i + 1;
        }
        return new LaneOrder(places);
    }

    static void fire(short[] u, int offset, int width, short[] thresholds, int from, int limit, long[] fired) {
        int i = 0;
        if (LANES == GROUP) {
            for (; i + Long.SIZE <= width; i += Long.SIZE) {
                fired[i >>> 6] = fire2(u, offset + i, thresholds, from + i, (short) limit);
            }
        }
        for (; i < width; i += GROUP) {
            long bits = 0;
            for (int vector = 0; vector < BITS.length; vector++) {
                int at = i + vector * LANES;
                bits |= fire1(u, offset + at, thresholds, from + at, (short) limit, BITS[vector]);
            }
            fired[i >>> 6] = (i & Long.SIZE - 1) == 0 ? bits : fired[i >>> 6] | bits << i;
        }
    }

    /** Fires two vectors, each a group, of neurons. */
    private static long fire2(short[] u, int offset, short[] thresholds, int from, short limit) {
        ShortVector upper = ShortVector.broadcast(SPECIES, limit);
        ShortVector lower = ShortVector.broadcast(SPECIES, (short) -limit);
        ShortVector va = ShortVector.fromArray(SPECIES, thresholds, from);
        ShortVector a = ShortVector.fromArray(SPECIES, u, offset).min(upper).max(lower);
        IntVector fa = va.sub(a)
                .lanewise(VectorOperators.ASHR, Short.SIZE - 1)
                .reinterpretAsInts()
                .and(BITS_0);
        a.sub(va, a.compare(VectorOperators.GT, va)).intoArray(u, offset);
        ShortVector vb = ShortVector.fromArray(SPECIES, thresholds, from + LANES);
        ShortVector b =
                ShortVector.fromArray(SPECIES, u, offset + LANES).min(upper).max(lower);
        IntVector fb = vb.sub(b)
                .lanewise(VectorOperators.ASHR, Short.SIZE - 1)
                .reinterpretAsInts()
                .and(BITS_0);
        b.sub(vb, b.compare(VectorOperators.GT, vb)).intoArray(u, offset + LANES);
        return fa.reduceLanes(VectorOperators.OR) & 0xffffffffL
                | (long) fb.reduceLanes(VectorOperators.OR) << Integer.SIZE;
    }

    private static long fire1(short[] u, int offset, short[] thresholds, int from, short limit, IntVector bits) {
        ShortVector upper = ShortVector.broadcast(SPECIES, limit);
        ShortVector lower = ShortVector.broadcast(SPECIES, (short) -limit);
        ShortVector va = ShortVector.fromArray(SPECIES, thresholds, from);
        ShortVector a = ShortVector.fromArray(SPECIES, u, offset).min(upper).max(lower);
        IntVector fa = va.sub(a)
                .lanewise(VectorOperators.ASHR, Short.SIZE - 1)
                .reinterpretAsInts()
                .and(bits);
        a.sub(va, a.compare(VectorOperators.GT, va)).intoArray(u, offset);
        return fa.reduceLanes(VectorOperators.OR) & 0xffffffffL;
    }
}
