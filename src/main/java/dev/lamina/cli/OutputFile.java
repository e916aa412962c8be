package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file that a command is to write. It is looked at before the work, which may take hours, and not after. */
final class OutputFile {

    private static final String OUT = "--out";

    private OutputFile() {}

    /**
     * The path that {@code --out} names.
     *
     * @throws InputException if a folder is in its place, or its own folder can neither be written to nor made
     */
    static Path checked(Path file) {
        return checked(file, Optional.empty(), OUT);
    }

    /**
     * The same, which is not that of {@code input} either: what is there would be lost.
     *
     * @throws InputException if it is, or the file can not be written
     */
    static Path checked(Path file, Path input) {
        return checked(file, Optional.of(input), OUT);
    }

    /**
     * The same.
     *
     * @param input a file that is read
     * @param option what names {@code file}
     */
    static Path checked(Path file, Optional<Path> input, String option) {
        if (input.isPresent() && same(file, input.get())) {
            throw InputException.configuration(
                    "the file to write is the one to read", file.toString(), "choose another with " + option);
        }
        if (Files.isDirectory(file)) {
            throw InputException.configuration(
                    "the file to write is a folder", file.toString(), "give " + option + " the path of a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw InputException.file(
                    "cannot write the file",
                    file.toString(),
                    folder + " is not a folder that can be written to; choose another with " + option);
        }
        return file;
    }

    /**
     * Sees that what is written beside {@code --out} is not in the way of a folder.
     *
     * @param what the file is for
     * @throws InputException if a folder is in its place
     */
    static void checkBeside(Path file, String what) {
        if (Files.isDirectory(file)) {
            throw InputException.file(
                    "a folder is in the place of " + what, file.toString(), "move it away, or choose another " + OUT);
        }
    }

    private static boolean same(Path file, Path other) {
        try {
            return Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot write the file", file.toString(), "choose another (" + Reason.of(e) + ")", e);
        }
    }
}
