package dev.lamina.sim;

/**
 * Division by a number that is known at construction, by one multiplication [1]. Immutable.
 *
 * <p>[1] T. Granlund, P. L. Montgomery, "Division by invariant integers using multiplication", PLDI 1994.
 */
final class Divisor {

    /** ⌈2⁶³ / divisor⌉; n · this / 2⁶³ is exact for all non-negative ints n, whose product with the divisor is below 2⁶³. */
    private final long reciprocal;

    private final boolean one;

    Divisor(int divisor) {
        one = divisor == 1;
        reciprocal = Long.MAX_VALUE / divisor + 1;
    }

    int quotient(int n) {
        return one ? n : (int) Math.multiplyHigh((long) n << 1, reciprocal);
    }
}
