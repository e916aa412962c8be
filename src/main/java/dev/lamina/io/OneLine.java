package dev.lamina.io;

import java.util.regex.Pattern;

/** Text of unknown origin, made fit to be shown: it must neither break a line nor drive a terminal. */
public final class OneLine {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private OneLine() {}

    /** The text with a space in place of control characters and line ends, and none at its ends. */
    public static String of(String text) {
        return CONTROLS.matcher(text).replaceAll(" ").strip();
    }
}
