package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the files of a folder were made from, kept in a JSON file beside them, so that a step that finds its file there knows whether it is
 * the one that it would make.
 */
final class Origins {

    private final Path folder;
    private final JsonObjectFile file;

    Origins(Path folder) {
        this.folder = folder;
        file = new JsonObjectFile(
                folder.resolve("made-from.json"),
                "what the files were made from",
                "remove the file and those beside it, or choose another --out");
    }

    /**
     * Whether a file is there, made from what it would be made from now. If it is not there, it is noted that it is to be made from that.
     *
     * @param name the file's name
     * @param half the name of the file that holds it half made, such as a checkpoint; its own if there is none
     * @param origin all that decides what becomes of it
     * @throws InputException if one of the two is there, but made from something else, or nobody knows from what
     */
    boolean has(String name, String half, List<String> origin) {
        String digest = digest(origin);
        if (!file.root().path(name).asText().equals(digest)) {
            refuse(name);
            refuse(half);
            file.root().put(name, digest);
            file.write();
        }
        return Files.exists(folder.resolve(name));
    }

    private void refuse(String name) {
        Path path = folder.resolve(name);
        if (Files.exists(path)) {
            throw InputException.file(
                    "not made from what it would be made from now (network, recipe, seed, data or an earlier step's model differ)",
                    path.toString(),
                    "remove it to have it made anew, or choose another --out");
        }
    }

    /** Whether it is known what a file was made from. */
    boolean knows(String name) {
        return file.root().has(name);
    }

    /**
     * The digest of a model file.
     *
     * @throws InputException if it can not be read
     */
    static String digest(Path model) {
        try {
            return Sha256.of(model);
        } catch (IOException e) {
            throw InputException.file("cannot read the model file", model.toString(), "is it readable?", e);
        }
    }

    /** A digest of all of some texts. */
    static String digest(List<String> texts) {
        return Sha256.of(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
    }
}
