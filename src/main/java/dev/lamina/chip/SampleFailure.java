package dev.lamina.chip;

/** What a stage dies of, with the pass of the sample that it was working on. */
final class SampleFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long pass;

    private SampleFailure(Stamp stamp, Throwable cause) {
        super("sample " + stamp.sample(), cause);
        this.pass = stamp.pass();
    }

    /** Does a stage's work on a batch. An error is caught as well: it would end the chip, and all other samples with it. */
    static void blaming(Stamp stamp, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            throw new SampleFailure(stamp, e);
        }
    }

    /** Whether a stage that died of {@code cause} was working on that pass; on any, if it is not known. */
    static boolean blames(Throwable cause, long pass) {
        return !(cause instanceof SampleFailure failure) || failure.pass == pass;
    }

    /** What really went wrong. */
    static Throwable origin(Throwable cause) {
        return cause instanceof SampleFailure && cause.getCause() != null ? cause.getCause() : cause;
    }
}
