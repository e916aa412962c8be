package dev.lamina.serve;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/*
 * No regular expressions: the fuzzer follows each comparison within one, and keeps a copy of both sides. Some hundred answers
 * came to 38 MB that way.
 */
/** What a server has sent over a connection: each answer is one that a client can do something about. */
final class Answers {

    private static final String BEGIN = "HTTP/1.1 ";
    private static final String BLANK = "\r\n\r\n";

    private final String text;
    private int at;
    private boolean refused;

    /** @throws AssertionError if an answer says that the server is at fault, or is busy, or is no line */
    Answers(String text) {
        this.text = text;
        while (text.startsWith(BEGIN, at) && text.indexOf(BLANK, at) > 0) {
            readOne();
        }
    }

    /** Whether one of them is a refusal. */
    boolean refused() {
        return refused;
    }

    private void readOne() {
        String head = text.substring(at, text.indexOf(BLANK, at));
        at += head.length() + BLANK.length();
        int status = Integer.parseInt(head.substring(BEGIN.length(), BEGIN.length() + 3));
        Optional<String> length = header(head, "Content-Length");
        // The answer to HEAD has a length and no body.
        boolean none = at == text.length() || text.startsWith(BEGIN, at);
        if (header(head, "Transfer-Encoding").isPresent()) {
            skipChunks();
        } else if (length.isPresent() && !none) {
            int end = Math.min(text.length(), at + Integer.parseInt(length.get()));
            if (status >= 400) {
                Refusals.check(status, text.substring(at, end).getBytes(StandardCharsets.ISO_8859_1));
            }
            at = end;
        }
        if (status == 429 || status == 500 || status == 503) {
            throw new AssertionError("the server's fault: " + head);
        }
        refused |= status >= 400;
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    private void skipChunks() {
        int size = 1;
        for (int line = text.indexOf("\r\n", at); size > 0 && line > 0; line = text.indexOf("\r\n", at)) {
            size = Integer.parseInt(text.substring(at, line), 16);
            at = Math.min(text.length(), line + 2 + size + 2);
        }
    }
}
