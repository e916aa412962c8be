package dev.lamina.serve;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.io.InputException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server answers to one who pushes a model: a line for the status, one for each header that is looked at, empty if
 * there is none, and the body.
 */
public final class PushAnswerTarget implements FuzzTarget {

    private static final URI MODEL = URI.create("http://127.0.0.1/model");
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final int PARTS = 4;

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "200\n\"" + DIGEST + "\"\n7\n{\"model_version\":8,\"model_sha256\":\"" + DIGEST
                                + "\",\"changed\":true}\n",
                        "200\nW/\"x\"\n99999999999999999999\n{\"model_version\":1e999999999,\"model_sha256\":8}",
                        "409\n\n\n{\"error\":\"version 1 is not newer: \\u001b[31m\\n\\ud83d\"}\n",
                        "401\n\n-1\n",
                        "502\n\n\n<html>")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Override
    public void parse(byte[] input) {
        String[] parts = new String(input, StandardCharsets.ISO_8859_1).split("\n", PARTS);
        ServerAnswer answer = new ServerAnswer(
                status(part(parts, 0).orElse("")),
                part(parts, 1),
                part(parts, 2),
                part(parts, PARTS - 1).orElse("").getBytes(StandardCharsets.ISO_8859_1));
        answer.running(MODEL);
        try {
            answer.pushed(MODEL);
        } catch (InputException e) {
            if (e.getMessage().length() > 1200) {
                throw new AssertionError("the server may say as much as it likes", e);
            }
            throw e;
        }
    }

    private static int status(String text) {
        return text.matches("[1-9][0-9]{2}") ? Integer.parseInt(text) : 200;
    }

    private static Optional<String> part(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Optional.of(parts[index]) : Optional.empty();
    }
}
