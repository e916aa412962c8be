package dev.lamina.cli;

import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a command is to write. It is looked at before the work, which may take hours, and not after. */
final class OutputFile {

    private OutputFile() {}

    /**
     * The same path, which is not that of {@code input} either.
     *
     * @throws InputException if it is, or the file can not be written
     */
    static Path checked(Path file, Path input) {
        try {
            if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                throw InputException.configuration(
                        "the file to write is the one to read", file.toString(), "choose another with --out");
            }
        } catch (IOException e) {
            throw InputException.configuration(
                    "cannot write the file", file.toString(), "choose another with --out", e);
        }
        return checked(file);
    }

    /**
     * The same path.
     *
     * @throws InputException if a folder is in its place, or its own folder can neither be written to nor made
     */
    static Path checked(Path file) {
        if (Files.isDirectory(file)) {
            throw InputException.configuration(
                    "the file to write is a folder", file.toString(), "give --out the path of a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw InputException.configuration(
                    "cannot write the file",
                    file.toString(),
                    folder + " is not a folder that can be written to; choose another with --out");
        }
        return file;
    }
}
