package dev.lamina.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for parsers that read files only, within the one that the system property {@code fuzz.scratch} names, or else that for
 * temporary files. It is deleted with its files when the program ends. For one thread.
 */
public final class Scratch {

    private final Path folder;

    /** An empty folder. */
    public Scratch() throws IOException {
        folder = Files.createTempDirectory(
                Path.of(System.getProperty("fuzz.scratch", System.getProperty("java.io.tmpdir"))), "lamina-fuzz");
        folder.toFile().deleteOnExit();
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** A file with that content, in place of the one of the same name. */
    public Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            file.toFile().deleteOnExit();
        }
        return Files.write(file, content);
    }
}
