package dev.lamina.report.html;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.io.InputException;
import dev.lamina.report.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code run.json} that a simulation wrote, which may come from anybody. */
public final class RunFile {

    /** A run of VGG16 with rasters and maps has some megabytes. */
    static final int MAX_BYTES = 64 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private RunFile() {}

    /**
     * Reads the document in a file, or in the {@code run.json} of a folder.
     *
     * @throws InputException if it cannot be read, is larger than 64 MiB, or is not JSON
     */
    public static JsonNode read(Path fileOrFolder) {
        Path file = in(fileOrFolder);
        byte[] bytes = bytes(file);
        if (bytes.length > MAX_BYTES) {
            throw InputException.file(
                    "the file is larger than " + Quantity.count(MAX_BYTES) + " bytes",
                    file.toString(),
                    "give the run.json of 'simulate --report'");
        }
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw InputException.file(
                    "not a JSON document", file + where, "give the run.json of 'simulate --report', unchanged", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The file {@code run.json} of a folder, or the file itself. */
    static Path in(Path fileOrFolder) {
        return Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve("run.json") : fileOrFolder;
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputException unreadable(Path file, IOException e) {
        return InputException.file(
                Files.exists(file) ? "cannot read the file" : "no such file",
                file.toString(),
                "give the run.json that 'simulate --report DIR' wrote, or its folder",
                e);
    }
}
