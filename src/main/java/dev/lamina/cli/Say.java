package dev.lamina.cli;

import java.util.Locale;

/** What is said, the same in every country: about the work on standard error, of the results on standard output. */
final class Say {

    private Say() {}

    /** A line, in the manner of {@link String#format}. */
    static void line(String format, Object... arguments) {
        System.err.println(String.format(Locale.ROOT, format, arguments));
    }

    /** A line of results, in the manner of {@link String#format}. */
    static void result(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
