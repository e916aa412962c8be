package dev.lamina.data;

/**
 * How the values of a sample become input events, time step by time step.
 *
 * <p>The random number of an input at a time step is a pure function of (seed, sample, time step, input index), so that
 * the trainer, the simulator, any number of threads and any order of samples see the same events.
 */
public enum Encoder {
    /** An event with probability |x| and payload sign(x): rate coding, ternary where x may be negative. */
    POISSON,
    /** An event with probability x and payload 1; negative values are silent. */
    UNSIGNED_POISSON,
    /** An event with payload x in every time step, where x is not zero: the value as an analog input current. */
    DIRECT;

    /** A working area for one thread to encode samples of {@code size} inputs, one at a time. */
    public Encoding encoding(int size) {
        return switch (this) {
            case POISSON -> new PoissonEncoding(size, true);
            case UNSIGNED_POISSON -> new PoissonEncoding(size, false);
            case DIRECT -> new DirectEncoding(size);
        };
    }
}
