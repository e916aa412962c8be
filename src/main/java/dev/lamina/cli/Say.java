package dev.lamina.cli;

import java.util.Locale;

/** What is said about the work, on standard error. */
final class Say {

    private Say() {}

    /** A line, in the manner of {@link String#format}. */
    static void line(String format, Object... arguments) {
        System.err.println(String.format(Locale.ROOT, format, arguments));
    }
}
