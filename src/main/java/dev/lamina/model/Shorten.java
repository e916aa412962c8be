package dev.lamina.model;

/** Untrusted text cut to what fits into a message. */
final class Shorten {

    private static final int MAX = 200;

    private Shorten() {}

    /** The text, or its beginning and an ellipsis. */
    static String text(String text) {
        return text.length() <= MAX ? text : text.substring(0, MAX) + "…";
    }
}
