package dev.lamina.model;

/**
 * What is wrong with a model file, found where the file's name is not known. {@link ModelFile} makes it an
 * {@link dev.lamina.io.InputException}; being checked, it can not slip past it.
 */
final class DamageException extends Exception {

    private final String mend;

    /** Damage that only another copy of the file mends. */
    DamageException(String what) {
        this(what, "get the file again or make it anew");
    }

    /** Damage that only another copy of the file mends, found by catching {@code cause}. */
    DamageException(String what, Throwable cause) {
        this(what);
        initCause(cause);
    }

    /** A fault and how to mend it. */
    DamageException(String what, String mend) {
        super(what);
        this.mend = mend;
    }

    /** How to mend it. */
    String mend() {
        return mend;
    }
}
