package dev.lamina.data;

import dev.lamina.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as its makers publish it.
 *
 * @param name its name, without folder
 * @param bytes its exact size
 * @param sha256 its digest, in lower-case hexadecimal
 */
record PublishedFile(String name, long bytes, String sha256) {

    /** The same under another name. */
    PublishedFile withName(String other) {
        return new PublishedFile(other, bytes, sha256);
    }

    /** Whether exactly this file is already in a folder. */
    boolean isIn(Path folder) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file)
                && Files.size(file) == bytes
                && Sha256.of(file).equals(sha256);
    }
}
