package dev.lamina.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.report.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a JSON object, which the program adds to as it goes. Not thread-safe. */
final class JsonObjectFile {

    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final String what;
    private final String mend;
    private final ObjectNode root;

    /**
     * The object in {@code file}, empty if that is not there.
     *
     * @param what what complaints call it, such as {@code the measurements so far}
     * @param mend what to do if it can not be used
     * @throws InputException if it can not be read
     */
    JsonObjectFile(Path file, String what, String mend) {
        this.file = file;
        this.what = what;
        this.mend = mend;
        root = read();
    }

    private ObjectNode read() {
        ObjectMapper mapper = new ObjectMapper();
        if (!Files.exists(file)) {
            return mapper.createObjectNode();
        }
        try {
            if (Files.size(file) <= MAX_BYTES && mapper.readTree(file.toFile()) instanceof ObjectNode node) {
                return node;
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        throw unusable(new IOException("not a JSON object"));
    }

    /** The complaint that it can not be used. */
    InputException unusable(IOException cause) {
        return InputException.file(what + " can not be read", file.toString(), mend, cause);
    }

    /** The object. What is changed of it is to be written. */
    ObjectNode root() {
        return root;
    }

    /** Writes the object, whole or not at all. */
    void write() {
        byte[] bytes = JsonReport.render(root).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }
}
