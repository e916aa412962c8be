package dev.lamina.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Whole-or-nothing file writing: the content goes to a temporary file beside the target, is forced to the disk, and
 * takes the target's name in one step. Whoever reads the target sees the old content or the new, never a part.
 */
public final class AtomicFile {

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Lets somebody else write the file at a path. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(Path temporary) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes {@code content} to {@code target}, making its folder if needed.
     *
     * @throws InputException if the disk refuses; the target is then as it was
     */
    public static void write(Path target, Content content) {
        writeVia(target, temporary -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
            }
        });
    }

    /**
     * Writes {@code target} through a library that wants a path of its own.
     *
     * @throws InputException if the disk refuses; the target is then as it was
     */
    public static void writeVia(Path target, Writer writer) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || target.getFileName() == null) {
            throw InputException.configuration("not a file name", target.toString(), "give the path of a file");
        }
        try {
            Files.createDirectories(folder);
            // Not createTempFile: that makes the file private, and the rename would keep it so.
            Path temporary = Files.createFile(folder.resolve("." + target.getFileName() + "." + UUID.randomUUID()));
            try {
                writer.writeTo(temporary);
                force(temporary);
                Files.move(
                        temporary,
                        target.toAbsolutePath(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                forceFolder(folder);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw InputException.file(
                    "cannot write the file",
                    target.toString(),
                    "free or choose another place (" + reason(e) + "); what was there is unchanged",
                    e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The rename itself is durable only once the folder is; some systems (Windows) can not open a folder. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Nothing is lost but the promise against a power cut.
        }
    }
}
