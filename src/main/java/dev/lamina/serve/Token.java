package dev.lamina.serve;

import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret that a client must know. It is never said aloud: not in a log, not in {@link #toString}. */
public final class Token {

    private static final int MIN_LENGTH = 16;
    private static final int MAX_LENGTH = 1024;
    private static final String SCHEME = "Bearer ";

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /**
     * A token.
     *
     * @param source where it was found, for the complaint
     * @throws InputException if it is shorter than 16 characters, or has others than a header's token may have
     */
    public static Token of(String text, String source) {
        String stripped = text.strip();
        if (!stripped.matches("[A-Za-z0-9._~+/=-]{" + MIN_LENGTH + "," + MAX_LENGTH + "}")) {
            throw InputException.configuration(
                    "not a token",
                    source,
                    "give " + MIN_LENGTH + " to " + MAX_LENGTH
                            + " letters, digits or any of -._~+/=, as 'openssl rand -hex 32' does");
        }
        return new Token(stripped);
    }

    /**
     * The token in a file.
     *
     * @throws InputException if the file can not be read or does not hold one
     */
    public static Token read(Path file) {
        try {
            if (Files.size(file) > 2 * MAX_LENGTH) {
                throw InputException.configuration(
                        "not a token", file.toString(), "the file is too large; it holds the token and nothing else");
            }
            return of(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
        } catch (IOException e) {
            throw InputException.configuration(
                    "cannot read the token", file.toString(), "it must be a readable file (" + Reason.of(e) + ")", e);
        }
    }

    /** Whether an {@code Authorization} header has this token. The time taken does not tell how much of it is right. */
    boolean admits(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(given, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The {@code Authorization} header that has it. */
    String authorization() {
        return SCHEME + text;
    }

    @Override
    public String toString() {
        return "a token";
    }
}
