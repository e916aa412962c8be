package dev.lamina.report.html;

/**
 * A paragraph.
 *
 * @param text its text
 * @param kind how it looks
 */
record Note(String text, Kind kind) implements Block {

    /** How a paragraph looks. */
    enum Kind {
        PLAIN,
        HEADING,
        WARNING
    }

    static Note plain(String text) {
        return new Note(text, Kind.PLAIN);
    }

    static Note heading(String text) {
        return new Note(text, Kind.HEADING);
    }

    static Note warning(String text) {
        return new Note(text, Kind.WARNING);
    }
}
