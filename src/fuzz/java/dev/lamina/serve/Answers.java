package dev.lamina.serve;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server has sent over a connection: each answer is one that a client can do something about. */
final class Answers {

    private static final String BEGIN = "HTTP/1.1 ";
    private static final String BLANK = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\nTransfer-Encoding: chunked");

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
        Matcher length = LENGTH.matcher(head);
        // The answer to HEAD has a length and no body.
        boolean none = at == text.length() || text.startsWith(BEGIN, at);
        if (CHUNKED.matcher(head).find()) {
            skipChunks();
        } else if (length.find() && !none) {
            int end = Math.min(text.length(), at + Integer.parseInt(length.group(1)));
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

    private void skipChunks() {
        int size = 1;
        for (int line = text.indexOf("\r\n", at); size > 0 && line > 0; line = text.indexOf("\r\n", at)) {
            size = Integer.parseInt(text.substring(at, line), 16);
            at = Math.min(text.length(), line + 2 + size + 2);
        }
    }
}
