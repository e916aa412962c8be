package dev.lamina.sim;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/*
 * Firing is turned into bits by integer arithmetic and a reduction, since on JDK 17 a mask's toLong() is no intrinsic
 * and several times slower: v − u is negative only where u exceeds v, so its sign, spread over the lane, is a mask; and a lane
 * of it gives one bit. 32 / lanes vectors share a lane's bits, and so a reduction.
 *
 * The method for four vectors is written out beyond the size, 325 bytes, up to which the JDK's compiler takes hot methods
 * into their callers. It is thus compiled by itself: together with other vector code it would overrun the compiler's limit
 * of nodes, and all vectors beyond that are boxed.
 *
 * The reset needs no branch, and no store that is narrower than the next load of the same potentials, which would have
 * to wait for it.
 */
/** Ends time steps: which neurons fire, and what remains of their potentials. */
final class VectorFiring {

    /** The vectors that fire together. */
    static final int VECTORS = 4;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** In each lane one bit: 1 in lane 0, 2 in lane 1, 4 in lane 2 and so on, from a first bit on. */
    private static final IntVector BITS_0 = laneBits(0);

    private static final IntVector BITS_1 = laneBits(LANES & 31);
    private static final IntVector BITS_2 = laneBits(2 * LANES & 31);
    private static final IntVector BITS_3 = laneBits(3 * LANES & 31);

    private VectorFiring() {}

    /** Fires four vectors of neurons; see {@link Kernel#fire}. */
    static long fire4(float[] u, int offset, float[] thresholds, int from, float leak) {
        FloatVector factor = FloatVector.broadcast(SPECIES, leak);
        FloatVector a = FloatVector.fromArray(SPECIES, u, offset);
        FloatVector va = FloatVector.fromArray(SPECIES, thresholds, from);
        IntVector fa = va.sub(a)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(BITS_0);
        a.mul(factor).sub(va, a.compare(VectorOperators.GT, va)).intoArray(u, offset);
        FloatVector b = FloatVector.fromArray(SPECIES, u, offset + LANES);
        FloatVector vb = FloatVector.fromArray(SPECIES, thresholds, from + LANES);
        IntVector fb = vb.sub(b)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(BITS_1);
        b.mul(factor).sub(vb, b.compare(VectorOperators.GT, vb)).intoArray(u, offset + LANES);
        FloatVector c = FloatVector.fromArray(SPECIES, u, offset + 2 * LANES);
        FloatVector vc = FloatVector.fromArray(SPECIES, thresholds, from + 2 * LANES);
        IntVector fc = vc.sub(c)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(BITS_2);
        c.mul(factor).sub(vc, c.compare(VectorOperators.GT, vc)).intoArray(u, offset + 2 * LANES);
        FloatVector d = FloatVector.fromArray(SPECIES, u, offset + 3 * LANES);
        FloatVector vd = FloatVector.fromArray(SPECIES, thresholds, from + 3 * LANES);
        IntVector fd = vd.sub(d)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(BITS_3);
        d.mul(factor).sub(vd, d.compare(VectorOperators.GT, vd)).intoArray(u, offset + 3 * LANES);
        if (LANES == 16) {
            int lower = fa.or(fb).reduceLanes(VectorOperators.OR);
            int upper = fc.or(fd).reduceLanes(VectorOperators.OR);
            return lower & 0xffffffffL | (long) upper << Integer.SIZE;
        }
        return fa.or(fb).or(fc).or(fd).reduceLanes(VectorOperators.OR) & 0xffffffffL;
    }

    /** Fires one vector of neurons. */
    static long fire1(float[] u, int offset, float[] thresholds, int from, float leak) {
        FloatVector a = FloatVector.fromArray(SPECIES, u, offset);
        FloatVector v = FloatVector.fromArray(SPECIES, thresholds, from);
        IntVector fired = v.sub(a)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(BITS_0);
        a.mul(leak).sub(v, a.compare(VectorOperators.GT, v)).intoArray(u, offset);
        return fired.reduceLanes(VectorOperators.OR) & 0xffffffffL;
    }

    private static IntVector laneBits(int shift) {
        return IntVector.broadcast(INTS, 1)
                .lanewise(VectorOperators.LSHL, IntVector.zero(INTS).addIndex(1).add(shift));
    }
}
