package dev.lamina.chip;

/** What a stage dies of, with the sample that it was working on. */
final class SampleFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int sample;

    private SampleFailure(int sample, RuntimeException cause) {
        super("sample " + sample, cause);
        this.sample = sample;
    }

    /** Does a stage's work on a sample. */
    static void blaming(int sample, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw new SampleFailure(sample, e);
        }
    }

    /** Whether a stage that died of {@code cause} was working on that sample; on any, if it is not known. */
    static boolean blames(Throwable cause, int sample) {
        return !(cause instanceof SampleFailure failure) || failure.sample == sample;
    }

    /** What really went wrong. */
    static Throwable origin(Throwable cause) {
        return cause instanceof SampleFailure && cause.getCause() != null ? cause.getCause() : cause;
    }
}
