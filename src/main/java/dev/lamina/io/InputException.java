package dev.lamina.io;

/**
 * A complaint about something the user gave: a file, a configuration, an argument. Its message is one line that says
 * what is wrong, where, and how to mend it; the command line prints it as it is, without a stack trace.
 */
public final class InputException extends RuntimeException {

    /** What kind of input was wrong; it decides the exit status of the command line. */
    public enum Kind {
        /** Wrong usage or configuration: exit status 2. */
        CONFIGURATION,
        /** A file or its content, or anything else that failed: exit status 1. */
        FILE,
        /** Nothing was wrong, but the user wanted it to end before there was anything to show for it: exit status 1. */
        STOPPED
    }

    private final Kind kind;

    private InputException(Kind kind, String what, String where, String mend, Throwable cause) {
        super(OneLine.of(what) + ": " + OneLine.of(where) + ": " + OneLine.of(mend), cause);
        this.kind = kind;
    }

    private InputException(Kind kind, String what, String where, String mend) {
        super(OneLine.of(what) + ": " + OneLine.of(where) + ": " + OneLine.of(mend));
        this.kind = kind;
    }

    /** A complaint about usage or configuration. */
    public static InputException configuration(String what, String where, String mend) {
        return new InputException(Kind.CONFIGURATION, what, where, mend);
    }

    /** A complaint about usage or configuration that was found by catching {@code cause}. */
    public static InputException configuration(String what, String where, String mend, Throwable cause) {
        return new InputException(Kind.CONFIGURATION, what, where, mend, cause);
    }

    /** A complaint about a file or what it holds. */
    public static InputException file(String what, String where, String mend) {
        return new InputException(Kind.FILE, what, where, mend);
    }

    /** A complaint about a file or what it holds that was found by catching {@code cause}. */
    public static InputException file(String what, String where, String mend, Throwable cause) {
        return new InputException(Kind.FILE, what, where, mend, cause);
    }

    /** What is said when the user had something stopped. */
    public static InputException stopped(String what, String where, String mend) {
        return new InputException(Kind.STOPPED, what, where, mend);
    }

    /** The kind of input that was wrong. */
    public Kind kind() {
        return kind;
    }
}
