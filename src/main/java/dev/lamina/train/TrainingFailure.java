package dev.lamina.train;

/** Carries a training that leads nowhere out of where that is seen. */
final class TrainingFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient TrainingEnd.Failed end;

    TrainingFailure(String what, String where, String mend) {
        super(what, null, false, false);
        end = new TrainingEnd.Failed(what, where, mend);
    }

    TrainingEnd.Failed end() {
        return end;
    }
}
